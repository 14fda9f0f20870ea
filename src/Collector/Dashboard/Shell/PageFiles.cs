using System.Security.Cryptography;
using System.Text;
using Collector.Surveys;
using Collector.Web;

namespace Collector.Dashboard.Shell;

/// <summary>The files that all pages load. Their names hold the hash of what is in them, so that browsers keep them for good.</summary>
internal static class PageFiles
{
    private static readonly Dictionary<string, PublicFile> Files = [];

    /// <summary>What scripts add to them.</summary>
    public static string Script { get; } = Add("dashboard.js", "text/javascript; charset=utf-8");

    /// <summary>Their typeface, in its Latin part.</summary>
    public static string Font { get; } = Add("inter.woff2", "font/woff2");

    /// <summary>The style of all pages.</summary>
    public static string Style { get; } = Add("dashboard.css", "text/css; charset=utf-8");

    /// <summary>Their icon.</summary>
    public static string Icon { get; } = Add("icon.svg", "image/svg+xml");

    /// <summary>The script of a survey's preview: the widget, and before it what keeps its answers on the page.</summary>
    public static string PreviewScript { get; } = Add(
        "preview.js", Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetString(Read("preview.js"))}{WidgetFiles.Widget}(JSON.parse(document.currentScript.dataset.settings));\n"), "text/javascript; charset=utf-8");

    /// <summary>The style of the page that a preview stands on.</summary>
    public static string PreviewStyle { get; } = Add("preview.css", "text/css; charset=utf-8");

    /// <summary>Maps them.</summary>
    public static void MapPageFiles(this WebApplication app)
    {
        foreach (var (path, file) in Files)
        {
            app.MapGet(path, (HttpContext context) => file.For(context)).ExcludeFromDescription().AllowAnonymous();
        }
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string Add(string name, string contentType)
    {
        var bytes = Read(name);
        return Add(
            name,
            name.EndsWith(".css", StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("/assets/inter.woff2", Font, StringComparison.Ordinal)) : bytes,
            contentType);
    }

    private static string Add(string name, byte[] bytes, string contentType)
    {
        var path = $"/assets/{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6))}-{name}";
        Files.Add(path, new PublicFile(bytes, contentType, PublicFile.Forever));
        return path;
    }
}
