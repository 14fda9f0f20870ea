namespace Collector.Web;

/// <summary>What becomes of a caller before a route's handler is asked.</summary>
public enum Passage
{
    /// <summary>The handler is asked.</summary>
    Through,

    /// <summary>Nobody is known by what came along: 401, and on a page the way to signing in.</summary>
    Unknown,

    /// <summary>Known, and not allowed here: 403.</summary>
    Refused,

    /// <summary>The site is not theirs, and looks to them like one that is not there: 404. Where a route is about no site, there is nothing to hide, and it is 403.</summary>
    Hidden,
}

/// <summary>
/// What a policy does with each kind of caller. It stands beside the policy. Whoever adds a policy adds its row, or there is no such policy; whoever adds a kind of caller adds its cells, or this does not compile.
/// A test sends every kind of caller to every route, and holds the answers to the row.
/// </summary>
public sealed record AccessRow
{
    /// <summary>The row of a route that anybody may call, whatever they bring along. Such a route says so (<c>AllowAnonymous</c>).</summary>
    public static AccessRow OfAnybody { get; } = ForAll(Passage.Through);

    /// <summary>The row of a route for whoever has a response's receipt: nothing else opens it, and without it there is no such response. It stands beside such a route.</summary>
    public static AccessRow OfReceipt { get; } = ForAll(Passage.Hidden);

    /// <summary>Who brings nothing.</summary>
    public required Passage Nobody { get; init; }

    /// <summary>A key that was never made.</summary>
    public required Passage UnknownKey { get; init; }

    /// <summary>A key of the site, with all scopes, that was revoked.</summary>
    public required Passage RevokedKey { get; init; }

    /// <summary>A key of the site, with all scopes, whose time is over.</summary>
    public required Passage ExpiredKey { get; init; }

    /// <summary>A key of the site with the scope <c>read</c> alone.</summary>
    public required Passage ReadKey { get; init; }

    /// <summary>A key of the site with the scope <c>responses</c> alone.</summary>
    public required Passage ResponsesKey { get; init; }

    /// <summary>A key of the site with the scope <c>manage</c> alone.</summary>
    public required Passage ManageKey { get; init; }

    /// <summary>A key of the site with the scope <c>admin</c> alone.</summary>
    public required Passage AdminKey { get; init; }

    /// <summary>The same, of another site.</summary>
    public required Passage OthersReadKey { get; init; }

    /// <summary>The same, of another site.</summary>
    public required Passage OthersResponsesKey { get; init; }

    /// <summary>The same, of another site.</summary>
    public required Passage OthersManageKey { get; init; }

    /// <summary>The same, of another site.</summary>
    public required Passage OthersAdminKey { get; init; }

    /// <summary>The operator's admin key.</summary>
    public required Passage OperatorKey { get; init; }

    /// <summary>A browser with the cookie of a session that was ended.</summary>
    public required Passage EndedSession { get; init; }

    /// <summary>A browser that gave an owner's password, and not yet the code of the second factor.</summary>
    public required Passage UnfinishedSession { get; init; }

    /// <summary>Somebody signed in who is a member of no site.</summary>
    public required Passage Stranger { get; init; }

    /// <summary>A member of the site who sees figures.</summary>
    public required Passage Viewer { get; init; }

    /// <summary>A member of the site who reads comments and edits surveys.</summary>
    public required Passage Analyst { get; init; }

    /// <summary>A member of the site who may change all of it.</summary>
    public required Passage Owner { get; init; }

    /// <summary>The same, of another site.</summary>
    public required Passage OthersViewer { get; init; }

    /// <summary>The same, of another site.</summary>
    public required Passage OthersAnalyst { get; init; }

    /// <summary>The same, of another site.</summary>
    public required Passage OthersOwner { get; init; }

    /// <summary>The operator, signed in.</summary>
    public required Passage Operator { get; init; }

    private static AccessRow ForAll(Passage passage) => new()
    {
        Nobody = passage,
        UnknownKey = passage,
        RevokedKey = passage,
        ExpiredKey = passage,
        ReadKey = passage,
        ResponsesKey = passage,
        ManageKey = passage,
        AdminKey = passage,
        OthersReadKey = passage,
        OthersResponsesKey = passage,
        OthersManageKey = passage,
        OthersAdminKey = passage,
        OperatorKey = passage,
        EndedSession = passage,
        UnfinishedSession = passage,
        Stranger = passage,
        Viewer = passage,
        Analyst = passage,
        Owner = passage,
        OthersViewer = passage,
        OthersAnalyst = passage,
        OthersOwner = passage,
        Operator = passage,
    };
}
