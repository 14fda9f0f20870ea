using System.Net;
using System.Text.Json.Nodes;
using Collector.Ingest;
using Collector.Sites;
using Collector.Tests.Support;
using Collector.Tests.Webhooks;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Transfer;

/// <summary>
/// What a visitor said goes through everything that keeps or tells something, and is erased in each way there is. Then nothing of it is anywhere: in no column of any table, in no message that waits, and in no file, byte by byte.
/// </summary>
public sealed class ErasedForGoodTests : IAsyncLifetime
{
    // Each stands for what one visitor said. None is part of another, and none looks like a word of ours.
    private const string ByReceipt = "wibbelaarster", ByTheSite = "klotterhoek", OfAnImport = "prutselbak", RefusedByAnImport = "frommelgat", ByTime = "snorrepijp", WithTheSite = "dobberkist", Replaced = "tuimelvat";

    private readonly RunningCollector collector = SomeWebhook.Collector();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => collector.DisposeAsync();

    [Fact]
    public async Task OfWhatWasErasedNothingIsLeftAnywhere()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = Receiver.With(503);
        var (site, removed) = (await collector.NewSiteAsync(new JsonObject { ["retentionDays"] = 100 }), await collector.NewSiteAsync());
        foreach (var each in (TestSite[])[site, removed])
        {
            await SomeWebhook.AddAsync(each, receiver.Url, others: """, "comments": true""");
        }

        var mine = Saying(site, ByReceipt);
        var receipt = (string)(await site.PostAsync(mine)).Body!["receipt"]!;
        var complaint = Saying(site, ByTheSite);
        await site.StoreAsync(Saying(site, Replaced).With("id", complaint.Id), complaint.With("revision", 2));
        await removed.StoreAsync(Saying(removed, WithTheSite));
        var imported = Saying(site, OfAnImport).With("answeredAt", "2026-11-02T08:00:00Z");
        var import = await new Importer(collector.Operator, site.Id).BringInLinesAsync(
        [
            imported.Json,
            Saying(site, ByTime).With("answeredAt", "2026-08-20T08:00:00Z").Json,
            Saying(site, RefusedByAnImport).With("answeredAt", "2026-11-02T08:00:00Z").With("state", "unheard").Json,
        ]);
        Assert.Equal("3 2 0 1", Importer.Counts(import));
        foreach (var id in (string[])[mine.Id, complaint.Id, imported.Id])
        {
            var (marked, _, _) = await new Saved(site, "responses").SendAsync(HttpMethod.Patch, $"/{id}", """{ "handled": true, "labels": ["angry"] }""");
            Assert.Equal(HttpStatusCode.NoContent, marked);
        }

        foreach (var word in (string[])[ByReceipt, ByTheSite, OfAnImport, ByTime])
        {
            // Looked for, taken out and told: whatever keeps a copy would keep one now.
            Assert.Contains(word, await collector.Operator.GetStringAsync($"/v1/sites/{site.Id}/responses?search={word}&from=2026-08-17", Cancellation), StringComparison.Ordinal);
            Assert.Contains(word, await collector.Operator.GetStringAsync($"/v1/sites/{site.Id}/export?format=csv&from=2026-08-17", Cancellation), StringComparison.Ordinal);
        }

        var first = (await receiver.HearAsync(1))[0].Body;
        Assert.Contains(Words, word => first.Contains(word, StringComparison.Ordinal));
        Assert.Superset(new HashSet<string>([ByReceipt, ByTheSite, ByTime, OfAnImport, WithTheSite]), (await FoundInRowsAsync()).Select(found => found.Word).ToHashSet());

        await EraseAsync($"/v1/responses/{mine.Id}?site={site.SiteKey}", collector.Visitor, receipt);
        await EraseAsync($"/v1/sites/{site.Id}/responses/{complaint.Id}", collector.Operator);
        await EraseAsync($"/v1/sites/{site.Id}/responses/{imported.Id}", collector.Operator);
        await EraseAsync($"/v1/sites/{removed.Id}", collector.Operator);
        collector.Time.Now += TimeSpan.FromDays(10);
        await collector.Services.GetRequiredService<Retention>().RunAsync(Cancellation);
        await collector.Services.GetRequiredService<SiteRemoval>().RunAsync(Cancellation);

        Assert.Empty(await FoundInRowsAsync());
        Assert.Empty(await StoredRows.QueryAsync(collector, "select * from import_parts")); // Deflated, where no word would be found.
        await NothingIsInAnyFileAsync();
        var told = receiver.Got.Count;
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancellation);
        Assert.All(receiver.Got.Skip(told), message => Assert.DoesNotContain(Words, word => message.Body.Contains(word, StringComparison.Ordinal)));
    }

    private static readonly string[] Words = [ByReceipt, ByTheSite, OfAnImport, RefusedByAnImport, ByTime, WithTheSite, Replaced];

    // In all that a visitor may fill in. The path of a page is not theirs: it names a touchpoint of the site, which stays.
    private static SomeResponse Saying(TestSite site, string word) => site.Response(effort: 2)
        .Answering("intent", choice: "other", text: $"To find a {word}")
        .Answering("reason", text: $"There is no {word} anywhere")
        .On($"https://shop.example/account?q={word}#{word}")
        .With("state", "complete")
        .With("visit", Guid.NewGuid().ToString())
        .With("context", new JsonObject { ["referrer"] = $"https://search.example/{word}?q={word}" })
        .With("tags", new JsonObject { ["segment"] = word });

    private static async Task EraseAsync(string path, HttpClient client, string? receipt = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri(path, UriKind.Relative));
        if (receipt is not null)
        {
            request.Headers.Add("Receipt", receipt);
        }

        using var reply = await client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
    }

    // Whatever tables and columns there are, now and later.
    private async Task<IReadOnlyList<(string Table, string Column, string Word)>> FoundInRowsAsync()
    {
        await using var connection = await collector.Database.OpenAsync();
        var tables = await connection.QueryAsync<string>(TestDatabase.IsPostgres
            ? "select table_name from information_schema.tables where table_schema = 'public'"
            : "select name from sqlite_master where type = 'table'");
        return [..
            from table in tables
            from row in connection.Query($"select * from {table}").Cast<IDictionary<string, object?>>()
            from column in row
            from word in Words
            where column.Value?.ToString()?.Contains(word, StringComparison.OrdinalIgnoreCase) == true
            select (table, column.Key, word)];
    }

    // In place of a row that is gone, its page keeps its bytes until the log is merged, which happens within seconds. Of a server, the files are the server's.
    private async Task NothingIsInAnyFileAsync()
    {
        if (TestDatabase.IsPostgres)
        {
            return;
        }

        for (var tries = 0; ; tries++)
        {
            var found = Found();
            if (found.Count == 0)
            {
                return;
            }

            Assert.True(tries < 300, string.Join('\n', found));
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }

        List<string> Found() =>
        [..
            from file in new FileInfo(collector.Database.File).Directory!.EnumerateFiles("*", SearchOption.AllDirectories)
            let text = TestDatabase.ReadLatin1(file.FullName)
            from word in Words
            where text.Contains(word, StringComparison.OrdinalIgnoreCase)
            select $"{word} in {file.Name}, {file.Length} bytes"
        ];
    }
}
