using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Collector.Benchmarks.Ingest;
using Collector.Dashboard.People;
using Dapper;

namespace Collector.Benchmarks.Figures;

/// <summary>Asks a collector that is full of responses for figures, one after the other, over HTTP.</summary>
internal static class FiguresBenchmark
{
    private static readonly string[] Origins = ["https://shop.example"], BusiestPages = ["/start/*"];

    private const int WarmUps = 20, Rounds = 5, TimesARound = 9;

    public static async Task RunAsync(FiguresOptions options, CancellationToken cancellation)
    {
        var folder = options.Folder is null ? Directory.CreateTempSubdirectory("collector-figures-") : new DirectoryInfo(options.Folder);
        try
        {
            using var postgres = !options.IsOnPostgres ? null
                : options.Folder is null ? ConfiguredPostgres.Start()
                : ConfiguredPostgres.StartIn(folder.CreateSubdirectory("postgres"));
            var reports = new List<SizeReport>();
            foreach (var size in options.Sizes)
            {
                FullDatabase database = postgres is null ? new FullSqlite(Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{size}.db"))) : new FullPostgres(postgres, size);
                reports.Add(await MeasureAsync(database, size, options, cancellation));
            }

            await Console.Out.WriteLineAsync(SizeReport.ToMarkdown(reports));
        }
        finally
        {
            if (options.Folder is null)
            {
                folder.Delete(recursive: true);
            }
        }
    }

    private static async Task<SizeReport> MeasureAsync(FullDatabase database, int size, FiguresOptions options, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        if (database.TryMake())
        {
            await FillAsync(database, size, today, cancellation);
        }

        var (site, lastDay, bytes) = await database.LookAsync(cancellation);
        await using var server = await ServerProcess.StartAsync(database.Collector, database.ConnectionString, cancellation);
        using var client = server.Operator();
        client.DefaultRequestHeaders.Add("Cookie", await SignInAsync(database, cancellation));
        IReadOnlyList<Figure> figures = options.Pages ? [.. Figure.OfTheDashboard(site, lastDay)] : [.. Figure.OfTheApi(site, lastDay)];
        var times = figures.ToDictionary(figure => figure, _ => new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var figure in figures)
            {
                var tag = figure.IsUnchanged ? await TagAsync(client, figure, cancellation) : null;
                for (var i = round == 0 ? -WarmUps : 0; i < TimesARound; i++)
                {
                    var time = await AskAsync(client, figure, tag, cancellation);
                    if (i >= 0)
                    {
                        times[figure].Add(time);
                    }
                }
            }
        }

        return new SizeReport(database.Title, size, bytes, times.ToDictionary(entry => entry.Key, entry => entry.Value.Order().ElementAt(entry.Value.Count / 2)));
    }

    // An operator who signed in a moment ago, whose cookie this is.
    private static async Task<string> SignInAsync(FullDatabase database, CancellationToken cancellation)
    {
        var (secret, now) = (Secret.New(), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        await using var connection = await database.OpenAsync(cancellation);
        await connection.ExecuteAsync(
            """
            insert into people (id, email, name, password, language, is_operator, created_at) values ('benchmark', 'benchmark@shop.example', 'Benchmark', '', 'en', 1, @now) on conflict (id) do nothing;
            insert into sessions (hash, person, is_complete, created_at, seen_at) values (@Hash, 'benchmark', 1, @now, @now)
            """,
            new { secret.Hash, now });
        return $"{SessionCookie.Name}={secret.Text}";
    }

    private static async Task FillAsync(FullDatabase database, int size, DateOnly lastDay, CancellationToken cancellation)
    {
        string site;
        await using (var server = await ServerProcess.StartAsync(database.Collector, database.ConnectionString, cancellation))
        {
            (site, _) = await server.MakeSiteAsync(new { name = "Benchmark", timeZone = "Etc/UTC", retentionDays = 3_650, allowedOrigins = Origins }, cancellation);
            using var client = server.Operator();
            using var group = await client.PostAsJsonAsync($"/v1/sites/{site}/groups", new { id = Figure.Group, name = "Busiest", patterns = BusiestPages }, cancellation);
            group.EnsureSuccessStatusCode();
        }

        var watch = Stopwatch.StartNew();
        await Filling.RunAsync(database, site, size, lastDay, cancellation);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{size:N0} responses in {watch.Elapsed.TotalSeconds:N0} s"));
    }

    private static async Task<EntityTagHeaderValue?> TagAsync(HttpClient client, Figure figure, CancellationToken cancellation)
    {
        using var reply = await client.GetAsync(figure.Path, cancellation);
        return reply.Headers.ETag;
    }

    private static async Task<double> AskAsync(HttpClient client, Figure figure, EntityTagHeaderValue? tag, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, figure.Path);
        if (tag is not null)
        {
            request.Headers.IfNoneMatch.Add(tag);
        }

        var start = Stopwatch.GetTimestamp();
        using var reply = await client.SendAsync(request, cancellation);
        var time = Stopwatch.GetElapsedTime(start);
        if (reply.StatusCode != (tag is null ? HttpStatusCode.OK : HttpStatusCode.NotModified))
        {
            throw new BenchmarkFailedException($"{figure.Path}: {(int)reply.StatusCode} {await reply.Content.ReadAsStringAsync(cancellation)}");
        }

        return time.TotalMilliseconds;
    }
}
