using Microsoft.Playwright;

namespace Collector.BrowserTests.Browsers;

/// <summary>A tab of Chromium or Firefox, in a context of its own, driven by Playwright.</summary>
internal sealed class PlaywrightTab(IPage page) : ITab
{
    private IFrame frame = page.MainFrame;

    public Task GoAsync(string address)
    {
        frame = page.MainFrame;
        return page.GotoAsync(address);
    }

    public async Task<string> EvaluateAsync(string expression)
    {
        try
        {
            return await AskAsync();
        }
        catch (PlaywrightException exception) when (exception.Message.Contains("context was destroyed", StringComparison.Ordinal))
        {
            // The page was just being left; the next one can tell.
            await page.WaitForLoadStateAsync();
            return await AskAsync();
        }

        Task<string> AskAsync() => frame.EvaluateAsync<string>($"() => JSON.stringify(({expression}) ?? null)");
    }

    public Task EnterFrameAsync()
    {
        frame = page.MainFrame.ChildFrames[0];
        return Task.CompletedTask;
    }

    public Task MoveAsync(int x, int y) => page.Mouse.MoveAsync(x, y);

    public async Task PressPointerAsync()
    {
        await page.Mouse.DownAsync();
        await page.Mouse.UpAsync();
    }

    public Task PressAsync(string key) => page.Keyboard.PressAsync(key);

    public Task TypeAsync(string text) => page.Keyboard.TypeAsync(text);

    public async ValueTask DisposeAsync() => await page.Context.DisposeAsync();
}
