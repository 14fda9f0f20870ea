using Collector.Dashboard.Shell;
using Collector.Feedback;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.People;

/// <summary>One's own account: name, language, password, second factor, and the browsers that are signed in.</summary>
internal static class AccountRoutes
{
    /// <summary>Maps the pages.</summary>
    public static void MapAccount(this RouteGroupBuilder people)
    {
        var account = people.MapGroup("/account");
        account.MapGet("", (PageContext page, Sessions sessions, CancellationToken cancellation) => ShowAsync(page, sessions, new AccountModel(), cancellation));
        account.MapPost("/profile", ChangeAsync);
        account.MapPost("/password", ChangePasswordAsync);
        account.MapPost("/sessions", EndSessionsAsync);
        account.MapGet("/second-factor", (PageContext page) => page.Person!.TotpKey is null ? (IResult)ShowKey(page, new SecondFactorModel(Totp.NewKey())) : TypedResults.LocalRedirect("/account"));
        account.MapPost("/second-factor", AddSecondFactorAsync);
        account.MapPost("/second-factor/remove", RemoveSecondFactorAsync);
    }

    private static async Task<IResult> ChangeAsync([FromForm] AccountForm form, PageContext page, Accounts accounts, Sessions sessions, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var name = SetUpRoutes.CheckName(form.Name, errors);
        if (errors.Any)
        {
            return await ShowAsync(page, sessions, new AccountModel { Name = form.Name, Errors = errors.ToDictionary() }, cancellation);
        }

        var language = Words.In(form.Language);
        await accounts.ChangeAsync(page.Person!.Id, name, language.Language, cancellation);
        return Notice.ThenGo(page, language.Say("Saved."), "/account");
    }

    private static async Task<IResult> ChangePasswordAsync(
        [FromForm] PasswordForm form, PageContext page, Accounts accounts, Sessions sessions, Attempts attempts, CancellationToken cancellation)
    {
        var (person, errors) = (page.Person!, new FieldErrors());
        if (CheckPassword(form.Current, person, page, accounts, attempts, errors) is { } later)
        {
            return later;
        }

        Passwords.Check(form.Password, "password", [person.Name, person.Email, person.Email.Split('@')[0]], errors);
        if (errors.Any)
        {
            return await ShowAsync(page, sessions, new AccountModel { Errors = errors.ToDictionary() }, cancellation);
        }

        await accounts.ChangePasswordAsync(person.Id, form.Password!, cancellation);
        await SignInRoutes.BeginAsync(page, person, isComplete: true, sessions, cancellation);
        return Notice.ThenGo(page, page.Words.Say("Your password was changed. All other browsers were signed out."), "/account");
    }

    // One of them, or all but this.
    private static async Task<IResult> EndSessionsAsync([FromForm] string? browser, PageContext page, Sessions sessions, CancellationToken cancellation)
    {
        if (browser is { Length: > 0 })
        {
            await sessions.EndAsync(page.Person!.Id, browser, cancellation);
            return Notice.ThenGo(page, page.Words.Say("That browser was signed out."), "/account");
        }

        await sessions.EndAllAsync(page.Person!.Id, cancellation);
        await SignInRoutes.BeginAsync(page, page.Person!, isComplete: true, sessions, cancellation);
        return Notice.ThenGo(page, page.Words.Say("All other browsers were signed out."), "/account");
    }

    // The key comes back from the form: until a code proves that an app has it, it is nobody's.
    private static async Task<IResult> AddSecondFactorAsync(
        [FromForm] SecondFactorForm form, PageContext page, Accounts accounts, Attempts attempts, TimeProvider time, CancellationToken cancellation)
    {
        if (page.Person!.TotpKey is not null || !Totp.IsKey(form.Key))
        {
            return TypedResults.LocalRedirect("/account");
        }

        var errors = new FieldErrors();
        if (CheckPassword(form.Current, page.Person, page, accounts, attempts, errors) is { } later)
        {
            return later;
        }

        if (Totp.StepOf(form.Code, form.Key!, time.GetUtcNow()) is not { } step || errors.Any)
        {
            return ShowKey(page, new SecondFactorModel(form.Key!) { IsWrong = !errors.Any, Errors = errors.ToDictionary() });
        }

        var codes = RecoveryCodes.New();
        await accounts.AddSecondFactorAsync(page.Person.Id, form.Key!, step, codes, cancellation);
        return HtmlPage.Of<RecoveryCodesView, RecoveryCodesModel>(page, page.Words.Say("Recovery codes"), new RecoveryCodesModel(codes));
    }

    private static async Task<IResult> RemoveSecondFactorAsync(
        [FromForm] PasswordForm form, PageContext page, Accounts accounts, Sessions sessions, Attempts attempts, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        if (CheckPassword(form.Current, page.Person!, page, accounts, attempts, errors, "second-factor") is { } later)
        {
            return later;
        }

        if (errors.Any)
        {
            return await ShowAsync(page, sessions, new AccountModel { Errors = errors.ToDictionary() }, cancellation);
        }

        await accounts.RemoveSecondFactorAsync(page.Person!.Id, cancellation);
        return Notice.ThenGo(page, page.Words.Say("Signing in no longer asks for a code."), "/account");
    }

    // Whoever finds a browser that is signed in must not be able to guess here either.
    private static IResult? CheckPassword(string? password, Person person, PageContext page, Accounts accounts, Attempts attempts, FieldErrors errors, string field = "current")
    {
        if (attempts.Count(page.Request.HttpContext.Connection.RemoteIpAddress, person.Email) is not null)
        {
            return FailurePages.For(page.Request.HttpContext, StatusCodes.Status429TooManyRequests);
        }

        if (!accounts.Matches(person, password ?? ""))
        {
            errors.Add(field, Words.Text("This is not the password of your account."));
        }

        return null;
    }

    private static async Task<IResult> ShowAsync(PageContext page, Sessions sessions, AccountModel model, CancellationToken cancellation) => HtmlPage.Of<AccountView, AccountModel>(
        page,
        page.Words.Say("Your account"),
        model with { Browsers = await sessions.OfAsync(page.Person!.Id, SessionCookie.Read(page.Request), cancellation) },
        model.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static HtmlPage ShowKey(PageContext page, SecondFactorModel model) => HtmlPage.Of<SecondFactorView, SecondFactorModel>(
        page, page.Words.Say("Second factor"), model, model.IsWrong || model.Errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
}

/// <summary>What the form of one's name and language sends.</summary>
internal sealed record AccountForm
{
    public string? Name { get; init; }
    public string? Language { get; init; }
}

/// <summary>What the forms that ask for one's password send.</summary>
internal sealed record PasswordForm
{
    public string? Current { get; init; }
    public string? Password { get; init; }
}

/// <summary>What the form of a new second factor sends.</summary>
internal sealed record SecondFactorForm
{
    public string? Key { get; init; }
    public string? Code { get; init; }
    public string? Current { get; init; }
}

/// <summary>One's own account.</summary>
public sealed record AccountModel
{
    /// <summary>Where one is signed in, the latest first.</summary>
    public IReadOnlyList<SignedInBrowser> Browsers { get; init; } = [];

    /// <summary>The name that was sent, where it was refused.</summary>
    public string? Name { get; init; }

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>(StringComparer.Ordinal);
}

/// <summary>A new second factor.</summary>
/// <param name="Key">Its key, in base32.</param>
public sealed record SecondFactorModel(string Key)
{
    /// <summary>Whether the code that was sent is wrong.</summary>
    public bool IsWrong { get; init; }

    /// <summary>What else is wrong, by field.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>(StringComparer.Ordinal);
}

/// <summary>The codes that stand in for a second factor, this once.</summary>
/// <param name="Codes">They.</param>
public sealed record RecoveryCodesModel(IReadOnlyList<string> Codes);
