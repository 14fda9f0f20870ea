using System.Globalization;
using Collector.Feedback;

namespace Collector.Ingest.Hosted;

/// <summary>The style sheet of a site's hosted surveys. Colours, numbers and fonts were checked when the site was changed, and close no style element.</summary>
internal static class HostedStyle
{
    private static readonly string Sheet = Read();

    /// <summary>The sheet, with what the site's appearance says in place of the defaults.</summary>
    public static string Of(Appearance appearance)
    {
        var style = Sheet;
        if (appearance.Colors is { } colors)
        {
            style += Colors(colors);
        }

        if ((appearance.DarkColors ?? appearance.Colors) is { } dark)
        {
            style += $"@media (prefers-color-scheme: dark) {{ {Colors(dark)} }}\n";
        }

        if (appearance.CornerRadius is { } radius)
        {
            style += string.Create(CultureInfo.InvariantCulture, $":root {{ --radius: {radius}px; }}\n");
        }

        // Last and on a line of its own: a quote that is not closed spoils nothing but itself.
        return appearance.Font is { } font ? $"{style}:root {{ --font: {font}\n}}\n" : style;
    }

    private static string Colors(Palette palette) =>
        $":root {{ --surface: {palette.Background}; --ink: {palette.Text}; --accent: {palette.Accent}; --on-accent: {palette.OnAccent}; }}\n";

    private static string Read()
    {
        using var reader = new StreamReader(typeof(HostedStyle).Assembly.GetManifestResourceStream("hosted.css")!);
        return reader.ReadToEnd();
    }
}
