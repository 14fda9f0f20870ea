using Collector.BrowserTests.Support;
using Microsoft.Playwright;

namespace Collector.BrowserTests.Dashboard;

/// <summary>From a figure to work, and from work to its verdict: priorities, goals, changes and comments.</summary>
public sealed class ImproveTests(FilledCollector collector, Chromium chromium)
{
    [Fact]
    public async Task FromAPriorityAChangeIsNotedAndItsVerdictRead()
    {
        await using var desk = await Desk.OfAsync("analyst", collector, chromium);
        await desk.GoAsync("~/priorities");
        Assert.Contains("shop.example/contact", await desk.TextAsync(".priority h2"), StringComparison.Ordinal);
        Assert.Matches(@"^\+\d\.\d points", await desk.TextAsync(".gain"));

        await desk.Tab.ClickAsync(".priority >> text=Note a change");
        Assert.Equal("shop.example/contact", await desk.Tab.InputValueAsync("[name='selection.touchpoint']"));
        await desk.Tab.ClickAsync("text=Note the change");
        Assert.Contains("1 to 200 characters", await desk.TextAsync(".field-error"), StringComparison.Ordinal);

        await desk.Tab.FillAsync("[name=title]", "A form for complaints");
        await desk.Tab.FillAsync("[name=date]", "2026-10-20");
        await desk.Tab.FillAsync("[name=days]", "14");
        await desk.Tab.ClickAsync("text=Note the change");
        Assert.Contains("No effect can be told from chance", await desk.TextAsync(".verdict"), StringComparison.Ordinal);
        Assert.Empty(await desk.FindBarriersAsync());

        await desk.Tab.ClickAsync("text=Remove this note");
        await desk.Tab.ClickAsync("button.danger");
        Assert.Equal("The note is removed.", await desk.TextAsync(".notice"));
        Assert.DoesNotContain("A form for complaints", await desk.TextAsync("table.changes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingIsShownOfTheDaysAfterAChangeUntilItsVerdict()
    {
        await using var desk = await Desk.OfAsync("viewer", collector, chromium, scripts: false);
        await desk.GoAsync("~/changes");
        await desk.Tab.ClickAsync("text=Phone number on the contact page");

        Assert.Contains("It can be told on 15 December 2026", await desk.TextAsync(".verdict"), StringComparison.Ordinal);
        var days = await desk.Tab.Locator("figure tbody tr").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.at)");
        Assert.All(days, day => Assert.True(string.CompareOrdinal(day, "2026-11-16") < 0, day));
        Assert.NotEmpty(days);
    }

    [Fact]
    public async Task AGoalIsSetInPercentAndPrioritiesAreRankedByAnother()
    {
        await using var desk = await Desk.OfAsync("analyst", collector, chromium);
        await desk.GoAsync("~/goals/new?intent=compare");
        await desk.Tab.FillAsync("[name=name]", "Comparing works out");
        await desk.Tab.SelectOptionAsync("[name=metric]", "Success");
        await desk.Tab.FillAsync("[name=target]", "82,5");
        await desk.Tab.ClickAsync("main button.primary");

        Assert.Contains("of 82.5", await desk.TextAsync(".figure-value"), StringComparison.Ordinal);
        await Assertions.Expect(desk.Tab.Locator("figure[data-trend] canvas")).ToBeVisibleAsync();
        Assert.Equal("82.5", await desk.Tab.GetAttributeAsync("figure[data-trend]", "data-target"));
        Assert.EndsWith("\u00a0%", await desk.Tab.Locator("figure[data-trend] tbody td").First.TextContentAsync(), StringComparison.Ordinal);
        Assert.Empty(await desk.FindBarriersAsync());
        await desk.Tab.ClickAsync("text=Remove this goal");
        await desk.Tab.ClickAsync("button.danger");

        await desk.GoAsync("~/priorities?intent=compare");
        await desk.Tab.FillAsync("#rank-target", "90");
        await desk.Tab.PressAsync("#rank-target", "Enter");
        await desk.ArriveAsync("target=90");
        await Assertions.Expect(desk.Tab.Locator(".ranked")).ToContainTextAsync("target of 90");
        Assert.Contains("intent=compare", desk.Tab.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACommentIsFoundLabelledAndHandled()
    {
        await using var desk = await Desk.OfAsync("analyst", collector, chromium);
        await desk.GoAsync("~/comments");
        await desk.Tab.FillAsync("#comment-search", "\"order number\" ENTER");
        await desk.Tab.PressAsync("#comment-search", "Enter");
        await desk.ArriveAsync("search=");

        await Assertions.Expect(desk.Tab.Locator(".comment").First.Locator("mark")).ToHaveTextAsync(["enter", "order number"]);
        Assert.Empty(await desk.FindBarriersAsync());

        await desk.Tab.Locator(".comment .add-label summary").First.ClickAsync();
        await desk.Tab.Locator(".comment [name=add]").First.FillAsync("<form>");
        await desk.Tab.Locator(".comment .add-label button").First.ClickAsync();
        Assert.Equal("<form>", await desk.TextAsync(".comment .label a"));

        await desk.Tab.Locator(".comment .handle button").First.ClickAsync();
        Assert.Contains("Handled by Ann Analyst, 22 Nov 2026", await desk.TextAsync(".comment .handle"), StringComparison.Ordinal);
        await desk.GoAsync("~/comments?handled=yes&label=%3Cform%3E");
        Assert.Equal(1, await desk.Tab.Locator(".comment").CountAsync());
    }

    [Fact]
    public async Task WhoeverMayOnlySeeFiguresReadsNoCommentsAndChangesNothing()
    {
        await using var desk = await Desk.OfAsync("viewer", collector, chromium);

        Assert.Equal(403, await desk.GoAsync("~/comments"));
        Assert.Equal(403, await desk.GoAsync("~/goals/new"));
        Assert.Equal(403, await desk.GoAsync("~/changes/new"));
        foreach (var page in (string[])["~/goals", "~/changes", "~/priorities"])
        {
            Assert.Equal(200, await desk.GoAsync(page));
            Assert.Equal(0, await desk.Tab.Locator("main a[href*='/new'], main a[href*='/comments']").CountAsync());
        }
    }
}
