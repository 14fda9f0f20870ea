using Collector.Feedback;
using Collector.Sites;

namespace Collector.Dashboard.Settings;

/// <summary>What the form of how surveys look sends.</summary>
public sealed record LookForm
{
    /// <summary>The colours of surveys where the site has none of its own, on a light page and on a dark one.</summary>
    public static readonly Palette Light = new("#ffffff", "#1b1f27", "#2a58bf", "#ffffff"), Dark = new("#20242c", "#eef0f5", "#a3bcff", "#20242c");

    /// <summary>The corner, as its name.</summary>
    public string? Position { get; init; }

    /// <summary>Whether the site has colours of its own.</summary>
    public bool OwnLight { get; init; }

    /// <summary>Behind the questions.</summary>
    public string? LightBackground { get; init; }

    /// <summary>The questions and answers.</summary>
    public string? LightText { get; init; }

    /// <summary>What can be pressed.</summary>
    public string? LightAccent { get; init; }

    /// <summary>Text on the accent.</summary>
    public string? LightOnAccent { get; init; }

    /// <summary>Whether the site has colours of its own for dark pages.</summary>
    public bool OwnDark { get; init; }

    /// <summary>Behind the questions, on dark pages.</summary>
    public string? DarkBackground { get; init; }

    /// <summary>The questions and answers, on dark pages.</summary>
    public string? DarkText { get; init; }

    /// <summary>What can be pressed, on dark pages.</summary>
    public string? DarkAccent { get; init; }

    /// <summary>Text on the accent, on dark pages.</summary>
    public string? DarkOnAccent { get; init; }

    /// <summary>How round corners are, in pixels; empty for the default.</summary>
    public string? CornerRadius { get; init; }

    /// <summary>A list of fonts.</summary>
    public string? Font { get; init; }

    /// <summary>The URL of a logo.</summary>
    public string? Logo { get; init; }

    /// <summary>Whether Dutch texts say "je".</summary>
    public bool Informal { get; init; }

    /// <summary>The colours of light pages, as they are in the form.</summary>
    public Palette LightPalette => new(LightBackground ?? Light.Background, LightText ?? Light.Text, LightAccent ?? Light.Accent, LightOnAccent ?? Light.OnAccent);

    /// <summary>The colours of dark pages, as they are in the form.</summary>
    public Palette DarkPalette => new(DarkBackground ?? Dark.Background, DarkText ?? Dark.Text, DarkAccent ?? Dark.Accent, DarkOnAccent ?? Dark.OnAccent);

    internal static LookForm Of(Site site)
    {
        var look = site.Appearance;
        var (light, dark) = (look.Colors ?? Light, look.DarkColors ?? look.Colors ?? Dark);
        return new LookForm
        {
            Position = look.Position?.ToString(),
            OwnLight = look.Colors is not null,
            LightBackground = light.Background,
            LightText = light.Text,
            LightAccent = light.Accent,
            LightOnAccent = light.OnAccent,
            OwnDark = look.DarkColors is not null,
            DarkBackground = dark.Background,
            DarkText = dark.Text,
            DarkAccent = dark.Accent,
            DarkOnAccent = dark.OnAccent,
            CornerRadius = look.CornerRadius is { } radius ? Written.Of(radius) : null,
            Font = look.Font,
            Logo = look.Logo,
            Informal = site.Informal,
        };
    }

    internal SiteChange Read(FieldErrors errors) => new()
    {
        Informal = Informal,
        Appearance = new Appearance
        {
            Position = Position == nameof(Corner.BottomStart) ? Corner.BottomStart : null,
            Colors = OwnLight ? LightPalette : null,
            DarkColors = OwnDark ? DarkPalette : null,
            CornerRadius = Written.Text(CornerRadius) is null ? null : Written.Whole(CornerRadius, "/appearance/cornerRadius", errors),
            Font = Written.Text(Font),
            Logo = Written.Text(Logo),
        },
    };
}
