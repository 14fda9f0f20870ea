namespace Collector.Sites;

/// <summary>What somebody did on a site: to which kind of thing, and what.</summary>
/// <param name="Kind">The kind of thing: <c>site</c>, <c>key</c>, <c>member</c> …</param>
/// <param name="Action">What was done to it.</param>
internal readonly record struct Act(string Kind, string Action)
{
    public static Act SiteMade { get; } = new("site", "made");
    public static Act SiteChanged { get; } = new("site", "changed");
    public static Act KeyMade { get; } = new("key", "made");
    public static Act KeyRevoked { get; } = new("key", "revoked");
    public static Act MemberInvited { get; } = new("member", "invited");
    public static Act InvitationTakenBack { get; } = new("member", "not invited");
    public static Act MemberJoined { get; } = new("member", "joined");
    public static Act RoleChanged { get; } = new("member", "changed");
    public static Act MemberRemoved { get; } = new("member", "removed");
    public static Act PasswordLinkMade { get; } = new("member", "password");
    public static Act SurveyMade { get; } = new("survey", "made");
    public static Act SurveySaved { get; } = new("survey", "saved");
    public static Act SurveyWentLive { get; } = new("survey", "live");
    public static Act SurveyPaused { get; } = new("survey", "paused");
    public static Act SurveyRemoved { get; } = new("survey", "removed");
    public static Act GroupMade { get; } = new("group", "made");
    public static Act GroupChanged { get; } = new("group", "changed");
    public static Act GroupRemoved { get; } = new("group", "removed");
    public static Act RuleMade { get; } = new("rule", "made");
    public static Act RuleChanged { get; } = new("rule", "changed");
    public static Act RuleRemoved { get; } = new("rule", "removed");
    public static Act WebhookMade { get; } = new("webhook", "made");
    public static Act WebhookChanged { get; } = new("webhook", "changed");
    public static Act WebhookRemoved { get; } = new("webhook", "removed");
    public static Act WebhookSecretChanged { get; } = new("webhook", "secret");
    public static Act WebhookReplayed { get; } = new("webhook", "replayed");
    public static Act GoalMade { get; } = new("goal", "made");
    public static Act GoalChanged { get; } = new("goal", "changed");
    public static Act GoalRemoved { get; } = new("goal", "removed");
    public static Act ChangeMade { get; } = new("change", "made");
    public static Act ChangeChanged { get; } = new("change", "changed");
    public static Act ChangeRemoved { get; } = new("change", "removed");
    public static Act ResponseErased { get; } = new("response", "erased");
    public static Act ResponsesImported { get; } = new("response", "imported");
    public static Act CommentsRead { get; } = new("comments", "read");
    public static Act CommentsExported { get; } = new("comments", "exported");
}
