using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Collector.Benchmarks.Ingest;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Collector.Benchmarks.Figures;

/// <summary>Asks a collector that is full of responses for figures, one after the other, over HTTP.</summary>
internal static class FiguresBenchmark
{
    private static readonly string[] Origins = ["https://shop.example"], BusiestPages = ["/start/*"];

    private const int WarmUps = 20, Rounds = 5, TimesARound = 9;

    public static async Task RunAsync(IReadOnlyList<int> sizes, string? folder, CancellationToken cancellation)
    {
        var kept = folder is not null;
        folder ??= Directory.CreateTempSubdirectory("collector-figures-").FullName;
        try
        {
            var reports = new List<SizeReport>();
            foreach (var size in sizes)
            {
                reports.Add(await MeasureAsync(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{size}.db")), size, cancellation));
            }

            await Console.Out.WriteLineAsync(SizeReport.ToMarkdown(reports));
        }
        finally
        {
            if (!kept)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task<SizeReport> MeasureAsync(string file, int size, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        if (!File.Exists(file))
        {
            await FillAsync(file, size, today, cancellation);
        }

        var (site, lastDay, bytes) = await LookAsync(file);
        await using var server = await ServerProcess.StartAsync(Contestant.Collector, file, makeSite: false, cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(server.Address, $"/v1/sites/{site}/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminKey);
        var figures = Figure.All(lastDay);
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

        return new SizeReport(size, bytes, times.ToDictionary(entry => entry.Key, entry => entry.Value.Order().ElementAt(entry.Value.Count / 2)));
    }

    private static async Task FillAsync(string file, int size, DateOnly lastDay, CancellationToken cancellation)
    {
        string site;
        await using (var server = await ServerProcess.StartAsync(Contestant.Collector, file, makeSite: false, cancellation))
        {
            using var client = new HttpClient { BaseAddress = server.Address };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminKey);
            site = await server.MakeSiteAsync(client, new { name = "Benchmark", timeZone = "Etc/UTC", retentionDays = 3_650, allowedOrigins = Origins }, cancellation);
            using var group = await client.PostAsJsonAsync($"/v1/sites/{site}/groups", new { id = Figure.Group, name = "Busiest", patterns = BusiestPages }, cancellation);
            group.EnsureSuccessStatusCode();
        }

        var watch = Stopwatch.StartNew();
        await Filling.RunAsync(file, site, size, lastDay, cancellation);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{size:N0} responses in {watch.Elapsed.TotalSeconds:N0} s"));
    }

    private static async Task<(string Site, DateOnly LastDay, TableBytes Bytes)> LookAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        var site = (await connection.ExecuteScalarAsync<string>("select id from sites"))!;
        var day = await connection.ExecuteScalarAsync<int>("select max(day) from cells where site = @site", new { site });
        long all = await PagesAsync(connection), cells = await CopyAsync("cells", "score_cells"), totals = await CopyAsync("totals", "intent_totals", "score_totals");
        return (site, Feedback.DayNumber.ToDay(day), new TableBytes(all - cells - totals, cells, totals));

        // The bundled SQLite does not tell what a table takes; a copy of it in a file of its own does.
        async Task<long> CopyAsync(params string[] tables)
        {
            var copy = $"{file}-copy";
            await connection.ExecuteAsync("attach @copy as copy", new { copy });
            foreach (var table in tables)
            {
                var sql = await connection.ExecuteScalarAsync<string>("select sql from sqlite_master where name = @table", new { table });
                await connection.ExecuteAsync($"{sql!.Replace($"create table {table}", $"create table copy.{table}", StringComparison.OrdinalIgnoreCase)}; insert into copy.{table} select * from main.{table}");
            }

            await connection.ExecuteAsync("detach copy");
            var length = new FileInfo(copy).Length;
            File.Delete(copy);
            return length;
        }
    }

    private static async Task<long> PagesAsync(SqliteConnection connection) =>
        (await connection.ExecuteScalarAsync<long>("pragma page_count") - await connection.ExecuteScalarAsync<long>("pragma freelist_count")) * await connection.ExecuteScalarAsync<long>("pragma page_size");

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
