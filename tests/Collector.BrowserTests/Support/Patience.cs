using Microsoft.Playwright;

namespace Collector.BrowserTests.Support;

/// <summary>Waiting for what takes effect a moment later.</summary>
internal static class Patience
{
    /// <summary>Waits for the survey and reads it, as a person does: who answers sooner counts as a bot.</summary>
    public static async Task ReadAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await page.WaitForTimeoutAsync(1_000);
    }

    /// <summary>Asserts again and again, until it holds or ten seconds have passed.</summary>
    public static async Task EventuallyAsync(Func<Task> holds)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await holds();
                return;
            }
            catch (Exception exception) when (exception is Xunit.Sdk.XunitException or NullReferenceException && tries < 100)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }
}
