using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Collector.Tests.Support;

/// <summary>The collector as an operator starts it: a process of its own, on a port that is free.</summary>
public sealed partial class CollectorProcess : IAsyncDisposable
{
    private readonly Process process;

    private CollectorProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public int Id => process.Id;

    /// <summary>What it holds in memory, in megabytes.</summary>
    public double Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Starts it on a SQLite file, or on what a connection string names, with a verb and its arguments if there are any, and waits until it listens.</summary>
    public static Task<CollectorProcess> StartAsync(string database, CancellationToken cancellation, params string[] verb) =>
        StartAsync([], database, verb, cancellation);

    /// <summary>Starts it by another command, in front of its own, that makes the machine worse than it is.</summary>
    public static Task<CollectorProcess> StartByAsync(string[] command, string database, CancellationToken cancellation) =>
        StartAsync(command, database, [], cancellation);

    private static async Task<CollectorProcess> StartAsync(string[] command, string database, string[] verb, CancellationToken cancellation)
    {
        var started = Start(command, database, [.. verb, "--urls", "http://127.0.0.1:0"]);
        while (await started.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                _ = started.StandardOutput.ReadToEndAsync(CancellationToken.None); // A full pipe would stop it.
                _ = started.StandardError.ReadToEndAsync(CancellationToken.None);
                return new CollectorProcess(started, new Uri(match.Value));
            }
        }

        await started.WaitForExitAsync(cancellation);
        throw new InvalidOperationException($"The collector ended with code {started.ExitCode}. {await started.StandardError.ReadToEndAsync(cancellation)}");
    }

    /// <summary>Runs it until it ends by itself; gives its exit code and what it said: errors and progress first, then its result.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(string database, CancellationToken cancellation, params string[] arguments) =>
        RunByAsync([], database, cancellation, arguments);

    /// <summary>The same by another command, in front of its own.</summary>
    public static async Task<(int ExitCode, string Output)> RunByAsync(string[] command, string database, CancellationToken cancellation, params string[] arguments)
    {
        using var started = Start(command, database, arguments);
        var errors = started.StandardError.ReadToEndAsync(cancellation);
        var result = started.StandardOutput.ReadToEndAsync(cancellation);
        var output = await errors + await result;
        await started.WaitForExitAsync(cancellation);
        return (started.ExitCode, output);
    }

    /// <summary>Runs it until something has come about, and then kills it: kill -9.</summary>
    public static async Task KillWhenAsync(Func<Task<bool>> isTime, string database, CancellationToken cancellation, params string[] arguments)
    {
        using var started = Start([], database, arguments);
        var errors = started.StandardError.ReadToEndAsync(cancellation);
        _ = started.StandardOutput.ReadToEndAsync(cancellation);
        while (!await isTime())
        {
            Assert.False(started.HasExited, "It ended before.");
            await Task.Delay(20, cancellation);
        }

        started.Kill();
        await errors;
        await started.WaitForExitAsync(cancellation);
    }

    /// <summary>Makes a site; gives its id and its public key.</summary>
    public async Task<(string Id, string SiteKey)> NewSiteAsync(CancellationToken cancellation)
    {
        using var client = Operator();
        using var created = await client.PostAsJsonAsync("/v1/sites", new JsonObject { ["name"] = "Shop" }, cancellation);
        var site = (await created.Content.ReadFromJsonAsync<JsonNode>(cancellation))!;
        return ((string)site["id"]!, (string)site["siteKey"]!);
    }

    /// <summary>Calls with the operator's admin key.</summary>
    public HttpClient Operator() => new() { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new("Bearer", RunningCollector.AdminKey) } };

    /// <summary>kill -9: it gets no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a supervisor sends it. Gives the exit code.</summary>
    public async Task<int> TerminateAsync(CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private static Process Start(string[] by, string database, string[] arguments)
    {
        string[] command = [.. by, "dotnet", typeof(Program).Assembly.Location, .. arguments];
        return Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["Collector__Database"] = database.Contains('=', StringComparison.Ordinal) ? database : $"Data Source={database}",
                ["Collector__AdminKey"] = RunningCollector.AdminKey,
                ["Collector__Limits__PerAddressPerMinute"] = "0", // All tests send from one address, at full speed.
                ["Collector__Limits__PerSitePerSecond"] = "0",
                ["Collector__StopDelay"] = "1",
            },
        })!;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Listening();
}
