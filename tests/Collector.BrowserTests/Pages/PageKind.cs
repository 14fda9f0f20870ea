namespace Collector.BrowserTests.Pages;

/// <summary>The kinds of pages on which a survey has to be at home.</summary>
public enum PageKind
{
    /// <summary>Plain pages: <c>samples/shop</c>.</summary>
    Shop,

    /// <summary>A React Router application: <c>samples/spa</c>.</summary>
    Application,

    /// <summary>The shop, with styles that spoil whatever they can reach.</summary>
    HostileStyles,

    /// <summary>The shop, under a strict Content Security Policy with enforced Trusted Types.</summary>
    StrictPolicy,

    /// <summary>The shop, in a frame on a page of another origin.</summary>
    Frame,

    /// <summary>A page in Arabic.</summary>
    RightToLeft,

    /// <summary>A Vue Router application: <c>samples/vue</c>.</summary>
    Vue,

    /// <summary>The shop, where a tag manager adds the script: <c>samples/tag-manager</c>.</summary>
    TagManager,
}
