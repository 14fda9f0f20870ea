using OpenQA.Selenium.Interactions;
using OpenQA.Selenium.Remote;

namespace Collector.BrowserTests.Browsers;

/// <summary>A window of WebKit, driven by WebDriver. Its calls wait for their answer, so each is made on a thread that may wait.</summary>
internal sealed class WebDriverTab(RemoteWebDriver driver) : ITab
{
    private static readonly Dictionary<string, string> Keys = new()
    {
        ["Tab"] = OpenQA.Selenium.Keys.Tab,
        ["Enter"] = OpenQA.Selenium.Keys.Enter,
        ["Escape"] = OpenQA.Selenium.Keys.Escape,
        ["End"] = OpenQA.Selenium.Keys.End,
        ["ArrowDown"] = OpenQA.Selenium.Keys.ArrowDown,
    };

    public Task GoAsync(string address) => Task.Run(() => driver.Navigate().GoToUrl(address));

    public Task<string> EvaluateAsync(string expression) => Task.Run(() =>
    {
        var script = $"return JSON.stringify(({expression}) ?? null)";
        try
        {
            return (string)driver.ExecuteScript(script)!;
        }
        catch (OpenQA.Selenium.NoSuchFrameException exception) when (exception.Message.Contains("before the unload event", StringComparison.Ordinal))
        {
            return (string)driver.ExecuteScript(script)!; // The page went while it was asked; the next one is asked then.
        }
    });

    public Task EnterFrameAsync() => Task.Run(() => driver.SwitchTo().Frame(0));

    public Task MoveAsync(int x, int y) => Task.Run(() => new Actions(driver).MoveToLocation(x, y).Perform());

    public Task PressPointerAsync() => Task.Run(() => new Actions(driver).Click().Perform());

    public Task PressAsync(string key) => Task.Run(() => new Actions(driver).SendKeys(Keys.GetValueOrDefault(key, key)).Perform());

    public Task TypeAsync(string text) => PressAsync(text);

    public async ValueTask DisposeAsync() => await Task.Run(() =>
    {
        driver.ResetInputState();
        driver.SwitchTo().DefaultContent();
        driver.Navigate().GoToUrl("about:blank");
    });
}
