using System.Security.Cryptography;
using Collector.Web;

namespace Collector.Surveys;

/// <summary>The widget without settings: the same bytes for every site, so that a page can name their hash. Its version holds the hash of its content, so no version ever changes.</summary>
internal static class WidgetAlone
{
    private static readonly byte[] Script = Read();
    private static readonly Lazy<PublicFile> Compressed = new(() => new PublicFile(Script, "text/javascript; charset=utf-8", PublicFile.Forever));

    /// <summary>Its version.</summary>
    public static string Version { get; } = $"{typeof(WidgetAlone).Assembly.GetName().Version!.ToString(3)}-{Convert.ToHexStringLower(SHA256.HashData(Script).AsSpan(0, 5))}";

    /// <summary>Where it is, on this collector.</summary>
    public static string Path { get; } = $"/collector-{Version}.js";

    /// <summary>The hash that a page names.</summary>
    public static string Integrity { get; } = $"sha384-{Convert.ToBase64String(SHA384.HashData(Script))}";

    /// <summary>The file, made when it is first asked for.</summary>
    public static PublicFile File => Compressed.Value;

    private static byte[] Read()
    {
        using var stream = typeof(WidgetAlone).Assembly.GetManifestResourceStream("collector-alone.js")!;
        var script = new byte[stream.Length];
        stream.ReadExactly(script);
        return script;
    }
}
