namespace Collector.Benchmarks.Ingest;

/// <summary>The processes of one row of the table, on one database.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private static readonly string[] Origins = ["https://shop.example"];

    private readonly List<ServerProcess> all = [];

    private Servers()
    {
    }

    public IReadOnlyList<ServerProcess> All => all;

    /// <summary>The public key of a site that takes the responses; for those that know no sites, one that looks the same.</summary>
    public string SiteKey { get; private set; } = "st_0000000000000000000000";

    /// <summary>The processor time that they have used so far.</summary>
    public TimeSpan ProcessorTime => all.Aggregate(TimeSpan.Zero, (sum, server) => sum + server.ProcessorTime);

    /// <summary>The most memory that each of them had at a time, added up.</summary>
    public double PeakMegabytes => all.Sum(server => server.PeakMegabytes);

    public static async Task<Servers> StartAsync(Contestant contestant, string database, CancellationToken cancellation)
    {
        var servers = new Servers();
        try
        {
            do
            {
                servers.all.Add(await ServerProcess.StartAsync(contestant, database, cancellation));
            }
            while (servers.all.Count < contestant.Collectors);

            if (contestant.Collectors > 0)
            {
                (_, servers.SiteKey) = await servers.all[0].MakeSiteAsync(new { name = "Benchmark", timeZone = "Europe/Amsterdam", allowedOrigins = Origins }, cancellation);
            }

            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Killed, not stopped: what was acknowledged must be there all the same.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in all)
        {
            await server.DisposeAsync();
        }
    }
}
