using System.Diagnostics;
using System.Text.Json;
using Collector.BrowserTests.Pages;

namespace Collector.BrowserTests.Browsers;

/// <summary>A visitor: goes to pages, looks, points, types and waits, and does not know how the browser is driven.</summary>
internal sealed class Visitor(ITab tab, SemaphoreSlim turn) : IAsyncDisposable
{
    /// <summary>Where a survey stands; a tab at the edge is none.</summary>
    public const string Survey = ".card[role]";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Finds in what the widget put on the page, and on the page.
    private const string Eyes =
        """
        const hosts = () => [...document.querySelectorAll('collector-survey')];
        const find = selector => [...hosts().map(host => host.shadowRoot), document].map(root => root.querySelector(selector)).find(Boolean);
        const isSeen = element => !!element && element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible';
        const focused = (at = document) => at.activeElement?.shadowRoot?.activeElement ?? at.activeElement;
        """;

    private Point frame = new(0, 0);

    /// <summary>Goes to the page of a website that has a survey, and looks at that.</summary>
    public async Task GoToAsync(Website website, string more = "")
    {
        await GoToAsync(website.Entrance + more);
        if (website.IsFramed)
        {
            await WaitForAsync("iframe");
            frame = await AskAsync<Point>("(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }))(find('iframe').getBoundingClientRect())");
            await tab.EnterFrameAsync();
        }
    }

    public Task GoToAsync(string address)
    {
        frame = new(0, 0);
        return tab.GoAsync(address);
    }

    /// <summary>What an expression gives on the page; it knows <c>hosts()</c>, <c>find(selector)</c>, <c>isSeen(element)</c> and <c>focused()</c>.</summary>
    public async Task<T> AskAsync<T>(string expression) =>
        JsonSerializer.Deserialize<T>(await tab.EvaluateAsync($"(() => {{ {Eyes} return {expression}; }})()"), JsonSerializerOptions.Web)!;

    /// <summary>Whether something is there to be seen.</summary>
    public Task<bool> SeesAsync(string selector) => AskAsync<bool>($"isSeen(find({Quoted(selector)}))");

    /// <summary>Waits until something is there to be seen.</summary>
    public Task WaitForAsync(string selector) => WaitUntilAsync($"isSeen(find({Quoted(selector)}))");

    /// <summary>Waits until an expression is true on the page.</summary>
    public async Task WaitUntilAsync(string expression)
    {
        for (var waited = Stopwatch.StartNew(); !await AskAsync<bool>($"!!({expression})"); await PauseAsync(TimeSpan.FromMilliseconds(100)))
        {
            Assert.True(waited.Elapsed < Patience, $"In {Patience.TotalSeconds} s it did not come true that {expression}. The page has: {await SurveyAsync()}");
        }
    }

    /// <summary>Waits for the survey and reads it, as a person does: who answers sooner counts as a bot.</summary>
    public async Task ReadAsync()
    {
        await WaitForAsync(Survey);
        await PauseAsync(TimeSpan.FromSeconds(1));
    }

    /// <summary>Waits until the survey says this at its end.</summary>
    public Task IsToldAsync(string text) => WaitUntilAsync($"find('[role=status]')?.textContent === {Quoted(text)}");

    /// <summary>Stays for so long, and sees no survey come.</summary>
    public async Task SeesNoSurveyForAsync(double seconds)
    {
        const string Seen = "[witness.appeared.length, isSeen(find('.card[role]'))].join()";
        var before = await AskAsync<string>(Seen);
        Assert.EndsWith("false", before, StringComparison.Ordinal);
        await PauseAsync(TimeSpan.FromSeconds(seconds));
        Assert.Equal(before, await AskAsync<string>(Seen));
    }

    /// <summary>Chooses an option with the pointer, once it is there.</summary>
    public Task ChooseAsync(string question, object option) => ClickAsync($"input[name='{question}'][value='{option}']");

    /// <summary>Presses on something with the pointer, once it is there, where it is in sight.</summary>
    public async Task ClickAsync(string selector)
    {
        await MoveToAsync(selector);
        await tab.PressPointerAsync();
    }

    /// <summary>Moves the pointer to something, once it is there.</summary>
    public async Task MoveToAsync(string selector)
    {
        await WaitForAsync(selector);
        var (x, y) = await AskAsync<Point>(
            $$"""
            (element => {
              const isInside = ({ top, bottom }) => top >= 0 && bottom <= innerHeight;
              if (!isInside(element.getBoundingClientRect())) element.scrollIntoView({ block: 'center', behavior: 'instant' });
              const { x, y, width, height } = element.getBoundingClientRect();
              return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
            })(find({{Quoted(selector)}}))
            """);
        await MoveAsync(x, y);
    }

    /// <summary>Moves the pointer, in pixels of what is looked at.</summary>
    public Task MoveAsync(int x, int y) => tab.MoveAsync(frame.X + x, frame.Y + y);

    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            await tab.PressAsync(key);
        }
    }

    /// <summary>Presses a key until it has done what it does: of Firefox's driver a key that comes in the frame in which the focus moved can be lost.</summary>
    public async Task PressUntilAsync(string key, string expression)
    {
        for (var presses = 0; !await AskAsync<bool>($"!!({expression})"); presses++)
        {
            Assert.True(presses < 3, $"The key '{key}' does not make it true that {expression}.");
            await tab.PressAsync(key);
            await PauseAsync(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>Goes with the Tab key until the focus is on something.</summary>
    public async Task TabToAsync(string selector)
    {
        await WaitForAsync(selector);
        for (var presses = 0; !await AskAsync<bool>($"focused()?.matches({Quoted(selector)})"); presses++)
        {
            Assert.True(presses < 60, $"Tab does not reach {selector}.");
            await tab.PressAsync("Tab");
        }
    }

    public Task TypeAsync(string text) => tab.TypeAsync(text);

    /// <summary>The text of something.</summary>
    public Task<string?> TextAsync(string selector) => AskAsync<string?>($"find({Quoted(selector)})?.textContent");

    public async ValueTask DisposeAsync()
    {
        try
        {
            await tab.DisposeAsync();
        }
        finally
        {
            turn.Release();
        }
    }

    private Task<string?> SurveyAsync() => AskAsync<string?>(
        "`${hosts().map(host => host.shadowRoot.textContent).join(' | ') || 'no survey'}; chosen: ${find(':checked')?.value}; focused: ${focused()?.outerHTML.slice(0, 200)}`");

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static Task PauseAsync(TimeSpan time) => Task.Delay(time, TestContext.Current.CancellationToken);

    private sealed record Point(int X, int Y);
}
