using Collector.Dashboard.People;
using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Settings;

/// <summary>The members of a site, and whom they invite.</summary>
internal static class PeopleRoute
{
    private const string Path = "/settings/people";

    private static readonly TimeSpan InvitationIsValid = TimeSpan.FromDays(7), PasswordLinkIsValid = TimeSpan.FromHours(1);

    /// <summary>Maps the pages.</summary>
    public static void MapPeoplePages(this RouteGroupBuilder owners)
    {
        owners.MapGet(Path, (Site site, PageContext page, Members members, Links links, CancellationToken cancellation) =>
            ShowAsync(site, page, members, links, new InvitationForm(), new FieldErrors(), cancellation));
        owners.MapPost(Path, InviteAsync);
        owners.MapPost($"{Path}/take-back", TakeBackAsync);
        owners.MapPost($"{Path}/{{person}}/role", ChangeAsync);
        owners.MapPost($"{Path}/{{person}}/remove", RemoveAsync);
        owners.MapPost($"{Path}/{{person}}/password", MakePasswordLinkAsync).RequireScope(Scopes.Operator);
    }

    private static async Task<IResult> InviteAsync(
        [FromForm] InvitationForm form, Site site, PageContext page, Members members, Links links, Database database, Audit audit, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var email = EmailAddress.Check(form.Email, "email", errors);
        if (Roles.Parse(form.Role) is not { } role)
        {
            errors.Add("role", "Choose one.");
            role = Role.Viewer;
        }

        if ((await members.OfSiteAsync(site.Id, cancellation)).Any(member => member.Email == email))
        {
            errors.Add("email", "This person is a member already. Change their role above.");
        }

        if (errors.Any)
        {
            return await ShowAsync(site, page, members, links, form, errors, cancellation);
        }

        var secret = await database.WriteAsync(
            async transaction =>
            {
                await audit.WriteAsync(transaction, site.Id, Act.MemberInvited, email, Roles.NameOf(role));
                return await links.AddAsync(transaction, LinkPurpose.Invitation, InvitationIsValid, email, site.Id, Roles.NameOf(role));
            },
            cancellation);
        return Once(page, LinkPurpose.Invitation, secret, page.Words.Say("The invitation for {0}", email),
            page.Words.Say("Send them this link yourself: no mail is sent. It is shown this once, works once, and for 7 days. Whoever opens it becomes a member."));
    }

    private static async Task<IResult> TakeBackAsync([FromForm(Name = "email")] string? email, Site site, PageContext page, Links links, Audit audit, CancellationToken cancellation) =>
        await links.RemoveAsync(site.Id, EmailAddress.Normal(email), audit, cancellation)
            ? Notice.ThenGo(page, page.Words.Say("The invitation was taken back. Its link works no more."), page.SitePath + Path)
            : FailurePages.For(page.Request.HttpContext, StatusCodes.Status404NotFound);

    private static async Task<IResult> ChangeAsync(
        string person, [FromForm(Name = "role")] string? name, Site site, PageContext page, Members members, Audit audit, CancellationToken cancellation)
    {
        if (await FindAsync(person, site, members, cancellation) is not { } member || Roles.Parse(name) is not { } role)
        {
            return FailurePages.For(page.Request.HttpContext, StatusCodes.Status404NotFound);
        }

        return (IResult?)Refusal(page, member, Roles.NameOf(role) == member.Role ? MemberChange.Done : member.Id == page.Person!.Id ? null : await members.ChangeAsync(member, site.Id, role, audit, cancellation))
            ?? Notice.ThenGo(page, page.Words.Say("{0} has another role now, and signs in again to use it.", member.Name), page.SitePath + Path);
    }

    private static async Task<IResult> RemoveAsync(string person, Site site, PageContext page, Members members, Audit audit, CancellationToken cancellation)
    {
        if (await FindAsync(person, site, members, cancellation) is not { } member)
        {
            return FailurePages.For(page.Request.HttpContext, StatusCodes.Status404NotFound);
        }

        return (IResult?)Refusal(page, member, member.Id == page.Person!.Id ? null : await members.RemoveAsync(member, site.Id, audit, cancellation))
            ?? Notice.ThenGo(page, page.Words.Say("{0} is no member any more.", member.Name), page.SitePath + Path);
    }

    private static async Task<IResult> MakePasswordLinkAsync(string person, Site site, PageContext page, Members members, Links links, Database database, Audit audit, CancellationToken cancellation)
    {
        if (await FindAsync(person, site, members, cancellation) is not { } member)
        {
            return FailurePages.For(page.Request.HttpContext, StatusCodes.Status404NotFound);
        }

        var secret = await database.WriteAsync(
            async transaction =>
            {
                await audit.WriteAsync(transaction, site.Id, Act.PasswordLinkMade, member.Email);
                return await links.AddAsync(transaction, LinkPurpose.Password, PasswordLinkIsValid, member.Email, site: null, role: null);
            },
            cancellation);
        return Once(page, LinkPurpose.Password, secret, page.Words.Say("A new password for {0}", member.Name),
            page.Words.Say("Hand them this link, to nobody else: whoever opens it chooses the password of their account. It is shown this once, works once, and for an hour."));
    }

    // Null is somebody who would change themselves: nobody locks themselves out by accident.
    private static HtmlPage? Refusal(PageContext page, Member member, MemberChange? change)
    {
        var title = page.Words.Say("That did not work");
        return change == MemberChange.Done ? null : HtmlPage.Of<FailureView, FailureModel>(
            page,
            title,
            new FailureModel(
                StatusCodes.Status409Conflict,
                title,
                change is null ? page.Words.Say("This is you. Another owner can change your role or end your membership.") : page.Words.Say("{0} is the last owner: nobody would be left to change this site.", member.Name)),
            StatusCodes.Status409Conflict);
    }

    private static async Task<Member?> FindAsync(string person, Site site, Members members, CancellationToken cancellation) =>
        (await members.OfSiteAsync(site.Id, cancellation)).SingleOrDefault(member => member.Id == person);

    private static HtmlPage Once(PageContext page, LinkPurpose purpose, Secret secret, string title, string text) => HtmlPage.Of<OnceView, OnceModel>(
        page, title, new OnceModel { Here = "/people", Title = title, Text = text, Secret = $"{page.Origin}{SetUpRoutes.PathOf(purpose)}?link={secret.Text}" });

    private static async Task<IResult> ShowAsync(Site site, PageContext page, Members members, Links links, InvitationForm form, FieldErrors errors, CancellationToken cancellation)
    {
        var invitations = await links.OfSiteAsync(site.Id, cancellation);
        return HtmlPage.Of<PeopleView, PeopleModel>(
            page,
            page.Words.Say("People"),
            new PeopleModel
            {
                Members = await members.OfSiteAsync(site.Id, cancellation),
                Invitations = [.. invitations.Select(link => new OpenInvitation(link.Email!, link.Role!, DateTimeOffset.FromUnixTimeMilliseconds(link.ExpiresAt)))],
                Form = form,
                Errors = errors.ToDictionary(),
            },
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}

/// <summary>What the form of an invitation sends.</summary>
public sealed record InvitationForm
{
    /// <summary>Who is invited.</summary>
    public string? Email { get; init; }

    /// <summary>As what.</summary>
    public string? Role { get; init; }
}

/// <summary>An invitation that nobody has accepted yet.</summary>
public sealed record OpenInvitation(string Email, string Role, DateTimeOffset Expires);

/// <summary>The page.</summary>
public sealed record PeopleModel : IFormModel
{
    /// <summary>The members, by name.</summary>
    public required IReadOnlyList<Member> Members { get; init; }

    /// <summary>The invitations that are open.</summary>
    public required IReadOnlyList<OpenInvitation> Invitations { get; init; }

    /// <summary>What is in the form.</summary>
    public required InvitationForm Form { get; init; }

    /// <inheritdoc/>
    public required IReadOnlyDictionary<string, string[]> Errors { get; init; }
}
