using System.Diagnostics;

namespace Collector.Tests.Operations;

/// <summary>A file of samples/deploy, in which what is of somebody's machine gives way to what is of this one.</summary>
internal sealed record Sample(string Name, string Text)
{
    /// <summary>Where the samples are: five folders up from bin/Debug/net10.0.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../samples/deploy"));

    public static Sample Of(string name) => new(name, File.ReadAllText(Path.Combine(Folder, name)));

    public Sample With(string there, string here)
    {
        Assert.Contains(there, Text, StringComparison.Ordinal);
        return this with { Text = Text.Replace(there, here, StringComparison.Ordinal) };
    }

    public string SaveIn(DirectoryInfo folder)
    {
        var file = Path.Combine(folder.FullName, Name);
        File.WriteAllText(file, Text);
        return file;
    }

    /// <summary>Runs a tool; gives its exit code and all that it said.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, string tool, params string[] arguments)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo(tool, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output + await errors);
    }
}
