using System.Globalization;
using Collector.BrowserTests.Support;
using Collector.Dashboard.People;
using Collector.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.BrowserTests.Dashboard;

/// <summary>Signing in, as people do it.</summary>
public sealed class SignInTests(FilledCollector collector, Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhoSignsInGetsToThePageThatTheyWanted(bool scripts)
    {
        await using var desk = await Desk.OfAsync(role: null, collector, chromium, scripts: scripts);
        await desk.GoAsync("~?device=mobile");
        Assert.Equal("Sign in", await desk.TextAsync("h1"));
        Assert.True(!scripts || (await desk.FindBarriersAsync()).Length == 0);

        await desk.Tab.FillAsync("[name=email]", "Ann@Shop.example");
        await desk.Tab.FillAsync("[name=password]", "wrong");
        await desk.Tab.PressAsync("[name=password]", "Enter");
        Assert.Contains("not right", await desk.TextAsync(".form-error"), StringComparison.Ordinal);

        await desk.Tab.FillAsync("[name=email]", "Analyst@Shop.example");
        await desk.Tab.FillAsync("[name=password]", FilledCollector.Password);
        await desk.Tab.PressAsync("[name=password]", "Enter");
        Assert.Equal("Overview", await desk.TextAsync("h1"));
        Assert.EndsWith("?device=mobile", desk.Tab.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoLostTheirPhoneSignsInByARecoveryCode()
    {
        var services = collector.Services;
        await services.GetRequiredService<Database>().WriteAsync(
            async transaction => await services.GetRequiredService<Accounts>().AddAsync(transaction, new Newcomer("careful@shop.example", "Cara Full", FilledCollector.Password, "en"), isOperator: false),
            TestContext.Current.CancellationToken);
        await using var desk = await Desk.OfAsync("careful", collector, chromium);

        await desk.GoAsync("/account");
        await desk.Tab.ClickAsync("text=Set it up");
        var key = await desk.Tab.InputValueAsync("[name=key]");
        await desk.Tab.FillAsync("[name=code]", Totp.CodeOf(key, services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds() / 30).ToString("000000", CultureInfo.InvariantCulture));
        await desk.Tab.FillAsync("[name=current]", FilledCollector.Password);
        await desk.Tab.ClickAsync("text=Switch it on");
        var codes = (await desk.TextAsync("#codes")).Split('\n');
        Assert.Empty(await desk.FindBarriersAsync());
        await desk.Tab.ClickAsync("text=Done");
        Assert.Contains("Recovery codes left: 8", await desk.TextAsync("[aria-labelledby=second]"), StringComparison.Ordinal);
        Assert.Empty(await desk.FindBarriersAsync());

        await desk.Tab.Context.ClearCookiesAsync();
        await desk.GoAsync("/sign-in");
        await desk.Tab.FillAsync("[name=email]", "careful@shop.example");
        await desk.Tab.FillAsync("[name=password]", FilledCollector.Password);
        await desk.Tab.PressAsync("[name=password]", "Enter");
        await desk.Tab.ClickAsync("text=No access to your app?");
        Assert.Empty(await desk.FindBarriersAsync());
        await desk.Tab.FillAsync("#recovery-code", codes[^1]);
        await desk.Tab.PressAsync("#recovery-code", "Enter");
        await desk.GoAsync("/account");
        Assert.Contains("Recovery codes left: 7", await desk.TextAsync("[aria-labelledby=second]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheApiReferenceIsShownUnderItsPolicy()
    {
        await using var desk = await Desk.OfAsync(role: null, collector, chromium);
        await desk.GoAsync("/docs/index.html");

        await desk.Tab.ClickAsync("#operations-Responses-PostResponse button");
        await desk.Tab.WaitForSelectorAsync("#operations-Responses-PostResponse .opblock-body");
    }
}
