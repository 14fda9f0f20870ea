using System.Diagnostics;

namespace Collector.Tests.Faults;

/// <summary>A disk of its own: small, or one that stops taking writes. Mounting needs root; without it the tests fail.</summary>
internal sealed class Mount : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-disk-");
    private readonly string? image;

    private Mount(string? image) => this.image = image;

    public string DatabaseFile => Path.Combine(folder.FullName, "collector.db");

    public string Ballast => Path.Combine(folder.FullName, "ballast");

    public static Mount InMemory(int megabytes)
    {
        var mount = new Mount(null);
        Root("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=1777", "collector-tests", mount.folder.FullName);
        return mount;
    }

    public static Mount Ext4(int megabytes)
    {
        var disk = Path.GetTempFileName();
        using (var file = File.OpenWrite(disk))
        {
            file.SetLength(megabytes * 1024L * 1024);
        }

        var mount = new Mount(disk);
        Root("mkfs.ext4", "-q", "-F", disk);
        Root("mount", "-o", "loop", disk, mount.folder.FullName);
        Root("chmod", "1777", mount.folder.FullName);
        return mount;
    }

    /// <summary>Mounts it anew, read-only or not, while nobody has a file open for writing.</summary>
    public void Remount(string how) => Root("mount", "-o", $"remount,{how}", folder.FullName);

    /// <summary>As after an error of the disk: the kernel takes no more writes, also not to files that are open.</summary>
    public void Abort() => Remount("abort");

    public void Dispose()
    {
        Root("umount", "--lazy", folder.FullName);
        folder.Delete();
        if (image is not null)
        {
            File.Delete(image);
        }
    }

    private static void Root(params string[] command)
    {
        if (Environment.UserName != "root")
        {
            command = ["sudo", "-n", .. command];
        }

        Run(command);
    }

    private static void Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)}: {said}");
    }
}
