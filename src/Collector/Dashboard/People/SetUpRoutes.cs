using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.People;

/// <summary>The links that work once: the first account, an invitation to a site, a new password.</summary>
internal static class SetUpRoutes
{
    private const int LongestName = 100;

    /// <summary>Maps the routes.</summary>
    public static void MapSetUp(this RouteGroupBuilder pages)
    {
        var anybody = pages.MapGroup("").AllowAnonymous(); // Who has the link.
        foreach (var purpose in Enum.GetValues<LinkPurpose>())
        {
            var path = PathOf(purpose);
            anybody.MapGet(path, (PageContext page, Links links, Accounts accounts, [FromQuery] string? link, CancellationToken cancellation) =>
                GetAsync(purpose, page, links, accounts, link, cancellation));
            anybody.MapPost(path, (
                    [FromForm] SetUpForm form, PageContext page, Links links, Accounts accounts, Members members, Sessions sessions, Attempts attempts, Database database, TimeProvider time, CancellationToken cancellation) =>
                PostAsync(purpose, form, page, links, accounts, members, sessions, attempts, database, time, cancellation));
        }
    }

    /// <summary>Where a link of this kind leads.</summary>
    public static string PathOf(LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.SetUp => "/set-up",
        LinkPurpose.Invitation => "/invitation",
        _ => "/new-password",
    };

    private static async Task<IResult> GetAsync(LinkPurpose purpose, PageContext page, Links links, Accounts accounts, string? text, CancellationToken cancellation)
    {
        if (purpose == LinkPurpose.SetUp && await accounts.AnyAsync(cancellation))
        {
            return TypedResults.LocalRedirect("/sign-in");
        }

        return await links.FindAsync(text, purpose, cancellation) is { } link
            ? Show(page, await ModelOfAsync(purpose, link, text!, accounts, cancellation))
            : Show(page, new SetUpModel { Purpose = purpose, Link = null }, text is null ? StatusCodes.Status200OK : StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> PostAsync(
        LinkPurpose purpose, SetUpForm form, PageContext page, Links links, Accounts accounts, Members members, Sessions sessions, Attempts attempts, Database database, TimeProvider time,
        CancellationToken cancellation)
    {
        if (await links.FindAsync(form.Link, purpose, cancellation) is not { } link)
        {
            return Show(page, new SetUpModel { Purpose = purpose, Link = null }, StatusCodes.Status404NotFound);
        }

        var known = link.Email is null ? null : await accounts.FindAsync(link.Email, cancellation);
        var errors = new FieldErrors();
        var email = link.Email ?? EmailAddress.Check(form.Email, "email", errors);
        var name = known?.Name ?? CheckName(form.Name, errors);
        var choosesPassword = known is null || purpose == LinkPurpose.Password;
        if (choosesPassword)
        {
            Passwords.Check(form.Password, "password", [name, email, email.Split('@')[0]], errors);
        }
        else if (attempts.Count(page.Request.HttpContext.Connection.RemoteIpAddress, known!.Email) is not null)
        {
            // Whoever may invite has the link as well, and must not be able to guess here what they could not where one signs in.
            return FailurePages.For(page.Request.HttpContext, StatusCodes.Status429TooManyRequests);
        }
        else if (!accounts.Matches(known, form.Password ?? ""))
        {
            errors.Add("password", Words.Text("This is not the password of your account."));
        }

        var model = await ModelOfAsync(purpose, link, form.Link!, accounts, cancellation);
        if (errors.Any)
        {
            return Show(page, model with { Form = form, Errors = errors }, StatusCodes.Status422UnprocessableEntity);
        }

        var person = await database.WriteAsync(
            async transaction =>
            {
                if (!await Links.UseAsync(transaction, link) || (purpose == LinkPurpose.SetUp && await Accounts.AnyAsync(transaction)))
                {
                    return null;
                }

                var somebody = known ?? await accounts.AddAsync(transaction, new Newcomer(email, name, form.Password!, page.Words.Language), isOperator: purpose == LinkPurpose.SetUp);
                if (somebody is not null && purpose == LinkPurpose.Password)
                {
                    await accounts.ChangePasswordAsync(transaction, somebody.Id, form.Password!);
                }

                if (somebody is not null && Roles.Parse(link.Role) is { } role)
                {
                    await members.SetAsync(transaction, somebody.Id, link.Site!, role);
                    await Audit.OfPerson(somebody.Id, somebody.Name, time).WriteAsync(transaction, link.Site!, Act.MemberJoined, somebody.Email, Roles.NameOf(role));
                }

                return somebody;
            },
            cancellation);
        if (person is null)
        {
            return Show(page, new SetUpModel { Purpose = purpose, Link = null }, StatusCodes.Status404NotFound);
        }

        if (person.TotpKey is not null)
        {
            return TypedResults.LocalRedirect("/sign-in"); // The second factor is asked there.
        }

        await SignInRoutes.BeginAsync(page, person, isComplete: true, sessions, cancellation);
        return TypedResults.LocalRedirect(link.Site is null ? "/" : $"/sites/{link.Site}");
    }

    /// <summary>What others are to call somebody; what is wrong with it is added to <paramref name="errors"/>.</summary>
    internal static string CheckName(string? text, FieldErrors errors)
    {
        var name = (text ?? "").Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            errors.Add("name", Words.Text("1 to 100 characters."));
        }

        return name;
    }

    private static async Task<SetUpModel> ModelOfAsync(LinkPurpose purpose, Link link, string text, Accounts accounts, CancellationToken cancellation) => new()
    {
        Purpose = purpose,
        Link = text,
        Email = link.Email,
        HasAccount = link.Email is not null && await accounts.FindAsync(link.Email, cancellation) is not null,
    };

    private static HtmlPage Show(PageContext page, SetUpModel model, int status = StatusCodes.Status200OK) =>
        HtmlPage.Of<SetUpView, SetUpModel>(page, page.Words.Say(model.Title), model, status);
}

/// <summary>What the form sends.</summary>
public sealed record SetUpForm
{
    /// <summary>What the link holds.</summary>
    public string? Link { get; init; }

    /// <summary>What others are to call them.</summary>
    public string? Name { get; init; }

    /// <summary>The address to sign in with.</summary>
    public string? Email { get; init; }

    /// <summary>The password.</summary>
    public string? Password { get; init; }
}

/// <summary>The page that a link opens.</summary>
public sealed record SetUpModel
{
    /// <summary>What it is for.</summary>
    public required LinkPurpose Purpose { get; init; }

    /// <summary>What the link holds; null where it does not work.</summary>
    public required string? Link { get; init; }

    /// <summary>The address that it is for; null where one may choose.</summary>
    public string? Email { get; init; }

    /// <summary>Whether somebody with that address has an account.</summary>
    public bool HasAccount { get; init; }

    /// <summary>What was sent.</summary>
    public SetUpForm Form { get; init; } = new();

    /// <summary>What is wrong with it.</summary>
    public FieldErrors Errors { get; init; } = new();

    /// <summary>What the page is called, in English.</summary>
    public string Title => Purpose switch
    {
        LinkPurpose.SetUp => Words.Text("Welcome to Collector"),
        LinkPurpose.Invitation => Words.Text("You are invited"),
        _ => Words.Text("Choose a new password"),
    };
}
