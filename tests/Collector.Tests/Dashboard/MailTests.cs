using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using Collector.Dashboard.Mail;
using Collector.Insights.Watch;
using Collector.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Collector.Tests.Dashboard;

/// <summary>The week in figures every Monday, and alerts, for those who asked for them.</summary>
public sealed class MailTests : IAsyncLifetime
{
    private readonly Mailbox mailbox = new();
    private readonly RunningCollector collector;
    private TestSite site = null!;

    public MailTests() => collector = RunningCollector.With(
        ("Collector:Mail:Host", "127.0.0.1"), ("Collector:Mail:Port", $"{mailbox.Port}"), ("Collector:Mail:Security", "none"), ("Collector:Mail:From", "Collector <collector@shop.example>"),
        ("Collector:PublicAddress", "https://collector.example"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => site = await collector.NewSiteAsync(new JsonObject { ["languages"] = new JsonArray("en") });

    public async ValueTask DisposeAsync()
    {
        await collector.DisposeAsync();
        mailbox.Dispose();
    }

    [Fact]
    public async Task TheDigestComesOnMondayAtSevenAndOnce()
    {
        using var browser = await ReaderAsync("digest");
        await site.StoreAsync(site.Response(effort: 2), site.Response(effort: 6), site.Response(effort: 7).On("https://shop.example/"));
        await new Saved(site, "goals").AddAsync("""{ "name": "Easy", "metric": "easy", "target": 0.7, "date": "2027-03-31" }""");

        // Sunday the 22nd; Monday in Amsterdam begins at 23:00 UTC, and seven there is six.
        foreach (var (hour, letters) in new[] { (12, 0), (20, 0), (21, 1), (30, 1) })
        {
            collector.Time.Now = new DateTimeOffset(2026, 11, 22, 9, 30, 0, TimeSpan.Zero).AddHours(hour);
            await PostAsync();
            Assert.Equal(letters, mailbox.Messages.Count);
        }

        var letter = mailbox.Messages[0];
        Assert.Equal("Shop: the week of 16 Nov – 22 Nov 2026", letter.Subject);
        Assert.Matches(@"- This week: 5\.00 of 7 \(-?\d+\.\d\d–\d+\.\d\d\), n = 3\r?\n", letter.TextBody);
        Assert.Contains("- The week before: no answers", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("- shop.example/contact: 4.00 of 7", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("- Easy: At risk", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains($"https://collector.example/sites/{site.Id}?from=2026-11-16&to=2026-11-22", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("5.00 of 7", new HtmlParser().ParseDocument(letter.HtmlBody!).QuerySelector("table")!.TextContent, StringComparison.Ordinal);

        collector.Time.Now = new DateTimeOffset(2026, 11, 30, 7, 0, 0, TimeSpan.Zero);
        await PostAsync();
        Assert.Equal(["Shop: the week of 16 Nov – 22 Nov 2026", "Shop: the week of 23 Nov – 29 Nov 2026"], mailbox.Messages.Select(each => each.Subject));
    }

    [Fact]
    public async Task AnAlertComesToWhoAskedAndItsLinkEndsIt()
    {
        using var browser = await ReaderAsync("alerts");
        await new Saved(site, "goals").AddAsync("""{ "name": "Easy & quick", "metric": "easy", "target": 0.7, "date": "2027-03-31" }""");
        await site.StoreManyAsync(Enumerable.Range(0, 20).Select(_ => site.Response(effort: 7)));
        await LookAsync();
        await site.StoreManyAsync(Enumerable.Range(0, 40).Select(_ => site.Response(effort: 1)));
        collector.Time.Now += TimeSpan.FromDays(1);
        await LookAsync();
        await PostAsync();

        var letter = mailbox.Messages.Single(each => each.Subject!.Contains("goal", StringComparison.Ordinal));
        Assert.Equal("Shop: The goal “Easy & quick” is at risk: 33 % of 70 %", letter.Subject);
        Assert.Contains("Easy &amp; quick", letter.HtmlBody, StringComparison.Ordinal);

        var stop = new Uri(letter.Headers["List-Unsubscribe"]!.Trim('<', '>')).PathAndQuery;
        using (var asked = await collector.Visitor.GetAsync(stop, Cancellation))
        {
            Assert.Contains("End the alerts of Shop?", await asked.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        // As a mail program does it: without a page, a session or a form's token.
        using (var content = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]))
        using (var ended = await collector.Visitor.PostAsync(stop, content, Cancellation))
        {
            Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        }

        var before = mailbox.Messages.Count;
        await site.StoreManyAsync(Enumerable.Range(0, 400).Select(_ => site.Response(effort: 7)));
        collector.Time.Now += TimeSpan.FromDays(1);
        await LookAsync();
        await PostAsync();
        Assert.Equal(before, mailbox.Messages.Count);
        using var forged = await collector.Visitor.PostAsync("/mail/stop?t=abc", null, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
    }

    [Fact]
    public async Task WhatCannotBeSentNowComesLaterAndWhoLeftGetsNothing()
    {
        using var browser = await ReaderAsync("digest");
        mailbox.Reply = "451 later";
        collector.Time.Now = new DateTimeOffset(2026, 11, 23, 7, 0, 0, TimeSpan.Zero);
        await PostAsync();
        Assert.Empty(mailbox.Messages);
        mailbox.Reply = "250 ok";
        await PostAsync();
        Assert.Empty(mailbox.Messages); // Not yet.
        collector.Time.Now += TimeSpan.FromSeconds(10);
        await PostAsync();
        Assert.Single(mailbox.Messages);

        await using (var connection = await TestDatabase.OpenAsync(collector.Database.ConnectionString))
        {
            await Dapper.SqlMapper.ExecuteAsync(connection, "delete from members");
        }

        collector.Time.Now += TimeSpan.FromDays(7);
        await PostAsync();
        Assert.Single(mailbox.Messages);
    }

    [Theory]
    [InlineData("Collector:Mail:From", "nobody")]
    [InlineData("Collector:Mail:Security", "perhaps")]
    [InlineData("Collector:PublicAddress", "")]
    public void WrongSettingsStopTheStart(string name, string value)
    {
        var settings = new Dictionary<string, string> { ["Collector:Mail:Host"] = "127.0.0.1", ["Collector:Mail:From"] = "collector@shop.example", ["Collector:PublicAddress"] = "https://collector.example", [name] = value };
        Assert.Throws<OptionsValidationException>(() => RunningCollector.With([.. settings.Select(setting => (setting.Key, setting.Value))]));
    }

    private async Task<BrowserLike> ReaderAsync(string kind)
    {
        var browser = await collector.SignInAsync(await collector.AddPersonAsync(site, Collector.Dashboard.People.Role.Viewer));
        using var saved = await browser.SendAsync("/account/mail", "/account/mail", (kind, site.Id));
        Assert.Equal("/account/mail", saved.Headers.Location?.ToString());
        using var shown = await browser.GetAsync("/account/mail");
        var page = new HtmlParser().ParseDocument(await shown.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal([kind], page.QuerySelectorAll("input[checked]").Select(box => box.GetAttribute("name")));
        return browser;
    }

    private Task PostAsync() => collector.Services.GetRequiredService<Postman>().RunAsync(Cancellation);

    private Task LookAsync() => collector.Services.GetRequiredService<Watching>().RunAsync(Cancellation);
}
