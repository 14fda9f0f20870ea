using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Collector.Dashboard.People;
using Collector.Storage;
using Collector.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Collector.Tests.Dashboard;

/// <summary>How people get in, and how others do not.</summary>
public sealed class SignInTests(RunningCollector collector)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WithoutASessionEveryPageLeadsToSigningInAndBack()
    {
        var site = await collector.NewSiteAsync();
        await collector.AddPersonAsync();
        using var browser = new BrowserLike(collector);

        using var page = await browser.GetAsync($"/sites/{site.Id}?device=mobile");

        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
        Assert.Equal($"/sign-in?next={Uri.EscapeDataString($"/sites/{site.Id}?device=mobile")}", page.Headers.Location!.ToString());
    }

    [Fact]
    public async Task AnAddressThatLeadsNowhereIsAPageForPeopleAndAProblemForPrograms()
    {
        using var browser = new BrowserLike(collector, "nl");

        using var page = await browser.GetAsync("/nowhere");
        using var answer = await collector.Visitor.GetAsync("/nowhere", Cancellation);
        using var ofTheApi = await browser.GetAsync("/v1/nowhere");

        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("<html lang=\"nl-NL\">", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        foreach (var problem in (HttpResponseMessage[])[answer, ofTheApi])
        {
            Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (problem.StatusCode, problem.Content.Headers.ContentType?.MediaType));
        }
    }

    [Fact]
    public async Task TheSessionsCookieIsForNoScriptAndNoOtherSitesForm()
    {
        var person = await collector.AddPersonAsync();
        using var browser = new BrowserLike(collector);

        using var reply = await browser.SendAsync("/sign-in", "/sign-in", ("email", person.Email.ToUpperInvariant()), ("password", SomePeople.Password));

        var cookie = reply.Headers.GetValues("Set-Cookie").Single(header => header.StartsWith("collector-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.True(browser.Session!.Length >= 43); // 256 bits of Base64Url.
    }

    [Fact]
    public async Task AWrongPasswordAndAnUnknownAddressLookTheSame()
    {
        var person = await collector.AddPersonAsync();
        using var browser = new BrowserLike(collector);

        using var wrong = await browser.SendAsync("/sign-in", "/sign-in", ("email", person.Email), ("password", "wrong"));
        using var unknown = await browser.SendAsync("/sign-in", "/sign-in", ("email", "nobody@shop.example"), ("password", "wrong"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (wrong.StatusCode, unknown.StatusCode));
        Assert.Equal(await ErrorInAsync(wrong), await ErrorInAsync(unknown));
        Assert.Null(browser.Session);
    }

    [Theory]
    [InlineData("\uFFFE")]
    [InlineData("\uFFFD@shop.example")]
    [InlineData("' or ''='")]
    [InlineData("%s%n{0}")]
    public async Task WhateverIsTypedIsOnlyWrong(string text)
    {
        await collector.AddPersonAsync(); // Before anybody is there, signing in leads to the set-up link's page.
        using var browser = new BrowserLike(collector);

        using var reply = await browser.SendAsync("/sign-in", "/sign-in", ("email", text), ("password", text));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.StatusCode);
        Assert.Null(browser.Session);
    }

    [Theory]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task SigningInLeadsNowhereElse(string next)
    {
        var person = await collector.AddPersonAsync();
        using var browser = new BrowserLike(collector);

        using var reply = await browser.SendAsync("/sign-in", "/sign-in", ("email", person.Email), ("password", SomePeople.Password), ("next", next));

        Assert.Equal("/", reply.Headers.Location?.ToString());
    }

    [Fact]
    public async Task WhoGuessesIsSlowedDownAlsoWithTheRightPasswordAndForNobodysAddress()
    {
        await using var quiet = RunningCollector.With();
        var person = await quiet.AddPersonAsync();
        foreach (var email in (string[])[person.Email, "nobody@shop.example"])
        {
            using var browser = new BrowserLike(quiet);
            for (var i = 0; i < 10; i++)
            {
                using var guess = await browser.SendAsync("/sign-in", "/sign-in", ("email", email), ("password", "wrong"));
                Assert.Equal(HttpStatusCode.UnprocessableEntity, guess.StatusCode);
            }

            using var next = await browser.SendAsync("/sign-in", "/sign-in", ("email", email), ("password", SomePeople.Password));
            Assert.Equal(HttpStatusCode.TooManyRequests, next.StatusCode);
            Assert.InRange(next.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        }

        quiet.Time.Passed += TimeSpan.FromMinutes(1);
        using var later = await quiet.SignInAsync(person);
    }

    [Fact]
    public async Task ASessionThatSomebodyPlantedOpensNothingAfterSigningIn()
    {
        var person = await collector.AddPersonAsync();
        using var attacker = await collector.SignInAsync(await collector.AddPersonAsync());
        var planted = attacker.Session!;
        using var browser = new BrowserLike(collector) { Session = planted };

        using var reply = await browser.SendAsync("/sign-in", "/sign-in", ("email", person.Email), ("password", SomePeople.Password));

        Assert.Equal(HttpStatusCode.Found, reply.StatusCode);
        Assert.NotEqual(planted, browser.Session);
        Assert.False(await OpensAsync(planted));
    }

    [Fact]
    public async Task ASessionEndsWithSigningOutWithANewPasswordAndWithAnotherRole()
    {
        var site = await collector.NewSiteAsync();
        var person = await collector.AddPersonAsync(site, Role.Analyst);
        var members = collector.Services.GetRequiredService<Members>();

        using var first = await collector.SignInAsync(person);
        var session = first.Session!;
        Assert.True(await OpensAsync(session));
        using (await first.SendAsync("/account", "/sign-out"))
        {
            Assert.False(await OpensAsync(session));
        }

        using var second = await collector.SignInAsync(person);
        session = second.Session!;
        using var changer = await collector.SignInAsync(person);
        const string New = "seven quiet red bicycles";
        using (var changed = await changer.SendAsync("/account", "/account/password", ("current", SomePeople.Password), ("password", New)))
        {
            Assert.Equal("/account", changed.Headers.Location?.ToString());
            Assert.False(await OpensAsync(session));
            Assert.True(await OpensAsync(changer.Session!));
        }

        session = changer.Session!;
        await collector.Services.GetRequiredService<Database>().WriteAsync(transaction => members.SetAsync(transaction, person.Id, site.Id, Role.Viewer), Cancellation);
        Assert.False(await OpensAsync(session));
    }

    [Fact]
    public async Task ASessionEndsWhenItIsNotUsedForADayOrIsTwoWeeksOld()
    {
        await using var quiet = RunningCollector.With();
        using var browser = await quiet.SignInAsync(await quiet.AddPersonAsync());
        var start = quiet.Time.Now;

        for (var day = 0.9; day < 14; day += 0.9)
        {
            quiet.Time.Now = start.AddDays(day);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync("/account"));
        }

        quiet.Time.Now = start.AddDays(14.1);
        Assert.Equal(HttpStatusCode.Found, await StatusAsync("/account"));

        using var idle = await quiet.SignInAsync(await quiet.AddPersonAsync());
        quiet.Time.Now = quiet.Time.Now.AddHours(25);
        using var page = await idle.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Found, page.StatusCode);

        async Task<HttpStatusCode> StatusAsync(string path)
        {
            using var reply = await browser.GetAsync(path);
            return reply.StatusCode;
        }
    }

    [Fact]
    public async Task AFormWithoutItsTokenOrWithSomebodyElsesIsRefused()
    {
        using var browser = await collector.SignInAsync(await collector.AddPersonAsync());
        using var other = await collector.SignInAsync(await collector.AddPersonAsync());
        using var page = await other.GetAsync("/account");
        var othersToken = await BrowserLike.TokenInAsync(page);

        foreach (var token in (string?[])[null, "", "nonsense", othersToken])
        {
            using var reply = await browser.PostAsync("/account/profile", token, ("name", "Mallory"), ("language", "nl"));
            Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        }

        using var account = await browser.GetAsync("/account");
        Assert.DoesNotContain("Mallory", await account.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABrowserThatSomebodyLeftSignedInTakesNoSecondFactorWithoutThePassword()
    {
        await using var quiet = RunningCollector.With();
        var key = Totp.NewKey();
        var code = Totp.CodeOf(key, quiet.Time.Now.ToUnixTimeSeconds() / 30).ToString("000000", CultureInfo.InvariantCulture);
        using var browser = await quiet.SignInAsync(await quiet.AddPersonAsync());
        foreach (var guess in (string[])["", "not the password"])
        {
            using var refused = await browser.SendAsync("/account/second-factor", "/account/second-factor", ("key", key), ("code", code), ("current", guess));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }

        using var asked = await browser.GetAsync("/account/second-factor");
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode); // There is none yet.
    }

    [Fact]
    public async Task AChangedPasswordEndsTheLinkThatWouldReplaceIt()
    {
        await using var quiet = RunningCollector.With();
        var person = await quiet.AddPersonAsync();
        var link = await quiet.Services.GetRequiredService<Links>().AddAsync(LinkPurpose.Password, TimeSpan.FromHours(1), person.Email, site: null, role: null, Cancellation);
        using var browser = await quiet.SignInAsync(person);
        using (var open = await browser.GetAsync($"/new-password?link={link.Text}"))
        {
            Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        }

        using var changed = await browser.SendAsync("/account", "/account/password", ("current", SomePeople.Password), ("password", "nine grey geese over water"));
        using var over = await browser.GetAsync($"/new-password?link={link.Text}");

        Assert.Equal("/account", changed.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.NotFound, over.StatusCode);
    }

    [Fact]
    public async Task WhoInvitedSomebodyCannotGuessTheirPasswordAtTheInvitation()
    {
        await using var quiet = RunningCollector.With();
        var site = await quiet.NewSiteAsync();
        var person = await quiet.AddPersonAsync();
        var link = await quiet.Services.GetRequiredService<Links>().AddAsync(LinkPurpose.Invitation, TimeSpan.FromHours(1), person.Email, site.Id, "viewer", Cancellation);
        using var browser = new BrowserLike(quiet);
        using var page = await browser.GetAsync($"/invitation?link={link.Text}");
        var token = await BrowserLike.TokenInAsync(page);
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await browser.PostAsync("/invitation", token, ("link", link.Text), ("password", $"guess {i}"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        }

        using var slowed = await browser.PostAsync("/invitation", token, ("link", link.Text), ("password", SomePeople.Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, slowed.StatusCode);
    }

    [Fact]
    public async Task TheSecondFactorCannotBeSkippedGuessedOrReplayed()
    {
        await using var quiet = RunningCollector.With();
        var person = await quiet.AddPersonAsync();
        var key = Totp.NewKey();
        using (var owner = await quiet.SignInAsync(person))
        using (var added = await owner.SendAsync("/account/second-factor", "/account/second-factor", ("key", key), ("code", CodeNow()), ("current", SomePeople.Password)))
        {
            Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        }

        quiet.Time.Now = quiet.Time.Now.AddMinutes(1);
        using var browser = new BrowserLike(quiet);
        using var asked = await browser.SendAsync("/sign-in", "/sign-in", ("email", person.Email), ("password", SomePeople.Password));
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.False(await OpensAsync(browser.Session!, quiet));

        var token = await BrowserLike.TokenInAsync(asked);
        using (var wrong = await browser.PostAsync("/sign-in/code", token, ("code", "000000")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        }

        var pending = browser.Session!;
        var code = CodeNow();
        using (var right = await browser.PostAsync("/sign-in/code", token, ("code", code)))
        {
            Assert.Equal("/", right.Headers.Location?.ToString());
            Assert.True(await OpensAsync(browser.Session!, quiet));
            Assert.False(await OpensAsync(pending, quiet));
        }

        using var thief = new BrowserLike(quiet);
        using var again = await thief.SendAsync("/sign-in", "/sign-in", ("email", person.Email), ("password", SomePeople.Password));
        using var replayed = await thief.PostAsync("/sign-in/code", await BrowserLike.TokenInAsync(again), ("code", code));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, replayed.StatusCode);

        string CodeNow() => Totp.CodeOf(key, quiet.Time.Now.ToUnixTimeSeconds() / 30).ToString("000000", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task ARecoveryCodeStandsInForThePhoneOnce()
    {
        await using var quiet = RunningCollector.With();
        var person = await quiet.AddPersonAsync();
        var key = Totp.NewKey();
        using var owner = await quiet.SignInAsync(person);
        using var added = await owner.SendAsync(
            "/account/second-factor", "/account/second-factor", ("key", key), ("code", Totp.CodeOf(key, quiet.Time.Now.ToUnixTimeSeconds() / 30).ToString("000000", CultureInfo.InvariantCulture)), ("current", SomePeople.Password));
        var codes = (await DocumentOfAsync(added)).QuerySelector("#codes")!.TextContent.Split('\n', StringSplitOptions.TrimEntries);

        using (var browser = new BrowserLike(quiet))
        using (var used = await EnterAsync(browser, codes[2].ToUpperInvariant().Replace('-', ' ')))
        {
            Assert.Equal("/", used.Headers.Location?.ToString());
            Assert.True(await OpensAsync(browser.Session!, quiet));
        }

        foreach (var code in (string[])[codes[2], "", " ", codes[0][..^1], $"{codes[0]}{codes[1]}"])
        {
            using var browser = new BrowserLike(quiet);
            using var refused = await EnterAsync(browser, code);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }

        using var account = await owner.GetAsync("/account");
        var stored = await StoredRows.QueryAsync(quiet, "select recovery from people where id = @Id", new { person.Id });
        Assert.Equal(8, codes.Distinct().Count());
        Assert.Contains("Recovery codes left: 7", (await DocumentOfAsync(account)).QuerySelector("#second")!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.All(codes, code => Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), (string)Assert.Single(stored)["recovery"]!, StringComparison.Ordinal));

        async Task<HttpResponseMessage> EnterAsync(BrowserLike browser, string code)
        {
            using var asked = await browser.SendAsync("/sign-in", "/sign-in", ("email", person.Email), ("password", SomePeople.Password));
            return await browser.PostAsync("/sign-in/code", await BrowserLike.TokenInAsync(asked), ("code", code));
        }
    }

    [Fact]
    public async Task OneSeesWhereOneIsSignedInAndSignsOutOneBrowserOfOnesOwnAndNobodyElses()
    {
        var person = await collector.AddPersonAsync();
        using var here = await collector.SignInAsync(person);
        using var left = await collector.SignInAsync(person);
        using var other = await collector.SignInAsync(person);
        using var stranger = await collector.SignInAsync(await collector.AddPersonAsync());

        using var shown = await here.GetAsync("/account");
        var listed = (await DocumentOfAsync(shown)).QuerySelectorAll(".browsers input[name=browser]").Select(input => input.GetAttribute("value")!).ToList();
        Assert.Equal(new[] { left, other }.Select(browser => new Secret(browser.Session!).Hash).Order(), listed.Order());
        (await stranger.SendAsync("/account", "/account/sessions", ("browser", new Secret(other.Session!).Hash))).Dispose();
        (await here.SendAsync("/account", "/account/sessions", ("browser", new Secret(left.Session!).Hash))).Dispose();

        Assert.False(await OpensAsync(left.Session!));
        Assert.True(await OpensAsync(other.Session!));
        Assert.True(await OpensAsync(here.Session!));
    }

    [Fact]
    public async Task TheLogTellsWhoGotInAndWhoDidNotAndNothingThatWasTyped()
    {
        await using var own = new RunningCollector();
        using var log = new LogLines();
        own.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        var person = await own.AddPersonAsync();
        using var browser = new BrowserLike(own);

        (await browser.SendAsync("/sign-in", "/sign-in", ("email", person.Email), ("password", "not the heron"))).Dispose();
        (await browser.SendAsync("/sign-in", "/sign-in", ("email", "nobody@shop.example"), ("password", "not the heron"))).Dispose();
        (await browser.SendAsync("/sign-in", "/sign-in", ("email", person.Email), ("password", SomePeople.Password))).Dispose();
        (await browser.SendAsync("/account", "/account/password", ("current", SomePeople.Password), ("password", "a kingfisher on the lock"))).Dispose();
        for (var i = 0; i < 12; i++)
        {
            (await browser.SendAsync("/account", "/account/password", ("current", "guess"), ("password", "a kingfisher on the lock"))).Dispose();
        }

        Assert.Contains($"A wrong password for {person.Id}.", log.Text, StringComparison.Ordinal);
        Assert.Contains("A wrong password for nobody.", log.Text, StringComparison.Ordinal);
        Assert.Contains($"{person.Id} signed in.", log.Text, StringComparison.Ordinal);
        Assert.Contains($"The password of {person.Id} was changed.", log.Text, StringComparison.Ordinal);
        Assert.Contains("Somebody tries to sign in too often", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("heron", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("kingfisher", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("@shop.example", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryPageComesUnderAStrictPolicy()
    {
        using var browser = await collector.SignInAsync(await collector.AddPersonAsync());
        foreach (var path in (string[])["/account", "/sites", "/sites/nobodys", "/sign-in"])
        {
            using var page = await browser.GetAsync(path);
            var policy = page.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("no-store", page.Headers.CacheControl?.ToString());
            Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    private Task<bool> OpensAsync(string session) => OpensAsync(session, collector);

    private static async Task<bool> OpensAsync(string session, RunningCollector collector)
    {
        using var browser = new BrowserLike(collector) { Session = session };
        using var page = await browser.GetAsync("/account");
        return page.StatusCode == HttpStatusCode.OK;
    }

    private static async Task<string?> ErrorInAsync(HttpResponseMessage page) =>
        (await DocumentOfAsync(page)).QuerySelector("[role=alert]")?.TextContent;

    private static async Task<IHtmlDocument> DocumentOfAsync(HttpResponseMessage reply) => new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync(Cancellation));
}
