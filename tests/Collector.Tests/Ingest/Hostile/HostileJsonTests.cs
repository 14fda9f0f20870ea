using System.Globalization;
using System.Text;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest.Hostile;

/// <summary>JSON that is odd, JSON that is none, and bytes that are no text.</summary>
public sealed class HostileJsonTests(RunningCollector collector)
{
    [Fact]
    public async Task AnyValueAnywhereIsStoredOrRefusedForItsOwnPlace()
    {
        using var visitor = new HostileVisitor(await collector.NewSiteAsync());
        await EverywhereAsync(HostileBody.Places, HostileJson.Values, async (place, value) =>
        {
            var verdict = await visitor.SendAsync($"{value} at {place}", HostileBody.With(visitor.Site.SiteKey, place, Encoding.UTF8.GetBytes(value)));
            ComplainUnless(verdict.IsAbout(place == "/surveyVersion" ? "/survey" : place), visitor, $"{value} at {place}: {verdict.Status} for {string.Join(", ", verdict.Fields)}");
        });
        await visitor.LeavesAllInOrderAsync();
    }

    [Fact]
    public async Task WhatIsNoJsonIsRefusedAsAWhole()
    {
        using var visitor = new HostileVisitor(await collector.NewSiteAsync());
        await EverywhereAsync(HostileBody.Places, HostileJson.NoValues, async (place, value) =>
        {
            var verdict = await visitor.SendAsync($"{value} at {place}", HostileBody.With(visitor.Site.SiteKey, place, HostileJson.Latin(value)));
            ComplainUnless(verdict.Status == 400 && verdict.Fields.Contains(""), visitor, $"{value} at {place}: {verdict.Status} for {string.Join(", ", verdict.Fields)}");
        });
        foreach (var value in HostileJson.Values.Concat(HostileJson.NoValues))
        {
            var verdict = await visitor.SendAsync($"{value} alone", HostileJson.Latin(value));
            ComplainUnless(verdict.Status == 400, visitor, $"{value} alone: {verdict.Status}");
        }

        Assert.Equal(0, visitor.Sent.Accepted);
        await visitor.LeavesAllInOrderAsync();
    }

    [Fact]
    public async Task BytesThatAreNoUtf8AreMendedOrRefusedForTheirPlace()
    {
        using var visitor = new HostileVisitor(await collector.NewSiteAsync());
        await EverywhereAsync(HostileBody.Places, HostileJson.NoUtf8, async (place, bytes) =>
        {
            var verdict = await visitor.SendAsync($"{bytes} at {place}", HostileBody.With(visitor.Site.SiteKey, place, HostileJson.Latin($"\"{bytes}\"")));
            ComplainUnless(verdict.IsAbout(place == "/surveyVersion" ? "/survey" : place), visitor, $"{bytes} at {place}: {verdict.Status} for {string.Join(", ", verdict.Fields)}");
            await visitor.SendAsync($"{bytes} as a tag's name", HostileBody.WithTagNamed(visitor.Site.SiteKey, HostileJson.Latin($"\"{bytes}\"")));
            await visitor.SendAsync($"{bytes} as a member's name", HostileBody.With(visitor.Site.SiteKey, "/unknown", HostileJson.Latin($"0,\"{bytes}\":0")));
        });
        await visitor.LeavesAllInOrderAsync();
    }

    [Fact]
    public async Task WhatStandsAroundABodyIsNotOverlooked()
    {
        using var visitor = new HostileVisitor(await collector.NewSiteAsync());
        foreach (var (what, body, status) in HostileJson.Wrapped(() => Encoding.UTF8.GetBytes(HostileBody.Valid(visitor.Site.SiteKey).ToJsonString())))
        {
            var verdict = await visitor.SendAsync(what, body);
            ComplainUnless(verdict.Status == status, visitor, $"{what}: {verdict.Status}");
        }

        await visitor.LeavesAllInOrderAsync();
    }

    [Fact]
    public async Task ABodyMayBreakOffAnywhere()
    {
        using var visitor = new HostileVisitor(await collector.NewSiteAsync());
        var body = Encoding.UTF8.GetBytes(HostileBody.Valid(visitor.Site.SiteKey).ToJsonString());
        await Parallel.ForAsync(0, body.Length, TestContext.Current.CancellationToken, async (length, _) =>
        {
            var verdict = await visitor.SendAsync($"{length} bytes", body[..length]);
            ComplainUnless(verdict.Status == 400 && verdict.Fields.Contains(""), visitor, $"{length} bytes: {verdict.Status}");
        });
        Assert.Equal(0, visitor.Sent.Accepted);
        await visitor.LeavesAllInOrderAsync();
    }

    [Fact]
    public async Task AMemberThatStandsTwiceIsNamedAtEveryLevel()
    {
        using var visitor = new HostileVisitor(await collector.NewSiteAsync());
        foreach (var place in HostileBody.Places.Where(place => place is not ("/answers/0" or "/unknown")))
        {
            var member = place[(place.LastIndexOf('/') + 1)..];
            foreach (var name in (string[])[member, $"\\u{(int)member[0]:x4}{member[1..]}", $"{member}\\u0000"])
            {
                foreach (var value in (string[])["null", "0", "\"\"", "[]", "{}"])
                {
                    var body = HostileBody.With(visitor.Site.SiteKey, place, Encoding.UTF8.GetBytes($"{value},\"{name}\":{value}"));
                    var verdict = await visitor.SendAsync($"{name} twice at {place}", body);
                    ComplainUnless(verdict.Status == 400 && verdict.Fields.Contains(place), visitor, $"{name} twice: {verdict.Status} for {string.Join(", ", verdict.Fields)}");
                }
            }
        }

        Assert.Equal(0, visitor.Sent.Accepted);
        await visitor.LeavesAllInOrderAsync();
    }

    /// <summary>Everything within 64 KB, and a little beyond: deep, long, and very many.</summary>
    [Fact]
    public async Task SizeHurtsNobody()
    {
        using var visitor = new HostileVisitor(await collector.NewSiteAsync());
        foreach (var depth in (int[])[7, 8, 9, 64, 65, 1_000, 30_000, 100_000])
        {
            var (list, nested) = (new string('[', depth), string.Concat(Enumerable.Repeat("{\"a\":", depth)));
            foreach (var value in (string[])[list, list + new string(']', depth), nested, $"{nested}0{new string('}', depth)}"])
            {
                await visitor.SendAsync($"{depth} deep", Encoding.ASCII.GetBytes(value));
                foreach (var place in (string[])["/unknown", "/tags", "/answers", "/answers/3/text", "/context"])
                {
                    await visitor.SendAsync($"{depth} deep at {place}", HostileBody.With(visitor.Site.SiteKey, place, Encoding.ASCII.GetBytes(value)));
                }
            }
        }

        foreach (var length in (int[])[41, 5_001, 32_000, 64_000, 1_000_000])
        {
            var value = $"\"{new string('x', length)}\"";
            foreach (var place in HostileBody.Places)
            {
                await visitor.SendAsync($"{length} long at {place}", HostileBody.With(visitor.Site.SiteKey, place, Encoding.ASCII.GetBytes(value)));
            }

            await visitor.SendAsync($"a tag's name, {length} long", HostileBody.WithTagNamed(visitor.Site.SiteKey, Encoding.ASCII.GetBytes(value)));
            await visitor.SendAsync($"a name, {length} long", HostileBody.With(visitor.Site.SiteKey, "/unknown", Encoding.ASCII.GetBytes($"0,{value}:0")));
            await visitor.SendAsync($"{length} digits", HostileBody.With(visitor.Site.SiteKey, "/revision", Encoding.ASCII.GetBytes(new string('1', length))));
            await visitor.SendAsync($"{length} digits after the point", HostileBody.With(visitor.Site.SiteKey, "/answers/0/score", Encoding.ASCII.GetBytes($"6.{new string('0', length)}")));
        }

        foreach (var (place, item) in (ValueTuple<string, string>[])
            [("/answers", "0"), ("/answers", "{}"), ("/answers", "[]"), ("/answers", "{\"question\":\"\"}"), ("/answers", "{\"question\":\"effort\",\"score\":6}"), ("/unknown", "0")])
        {
            var list = string.Join(',', Enumerable.Repeat(item, 62_000 / (item.Length + 1)));
            await visitor.SendAsync($"many {item} at {place}", HostileBody.With(visitor.Site.SiteKey, place, Encoding.ASCII.GetBytes($"[{list}]")));
        }

        foreach (var place in (string[])["/tags", "/context", "/answers/0", "/unknown"])
        {
            var members = string.Join(',', Enumerable.Range(0, 6_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"{i:x}\":\"\"")));
            await visitor.SendAsync($"many members at {place}", HostileBody.With(visitor.Site.SiteKey, place, Encoding.ASCII.GetBytes($"{{{members}}}")));
        }

        await visitor.LeavesAllInOrderAsync();
    }

    internal static void ComplainUnless(bool kept, HostileVisitor visitor, string complaint)
    {
        if (!kept)
        {
            visitor.Complain(complaint);
        }
    }

    private static Task EverywhereAsync(string[] places, string[] values, Func<string, string, Task> sending) =>
        Parallel.ForEachAsync(
            from place in places from value in values select (place, value),
            TestContext.Current.CancellationToken,
            async (pair, _) => await sending(pair.place, pair.value));
}
