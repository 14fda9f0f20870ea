using System.Text;
using System.Text.Json;
using Collector.Feedback;
using Collector.Storage;
using Collector.Web;
using Microsoft.Extensions.Caching.Memory;

namespace Collector.Surveys;

/// <summary>The files that sites' pages load. What is live is looked up again every five seconds; a text that has not changed is not made again.</summary>
internal sealed class WidgetFiles(Database database, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5), Kept = TimeSpan.FromHours(1);

    private readonly MemoryCache settings = new(new MemoryCacheOptions { Clock = new SteadyClock(time), SizeLimit = 10_000 });
    private readonly MemoryCache files = new(new MemoryCacheOptions { Clock = new SteadyClock(time), SizeLimit = 2_000 });

    /// <summary>The widget's code: a function of its settings.</summary>
    public static string Widget { get; } = ReadWidget();

    /// <summary>The widget with the settings of the site inside; null when no site has this key.</summary>
    public async Task<PublicFile?> ScriptAsync(string siteKey, CancellationToken cancellation) =>
        await SettingsOfAsync(siteKey, cancellation) is { } json
            ? File($"{Widget}({json});\n", "text/javascript; charset=utf-8")
            : null;

    /// <summary>The settings alone; null when no site has this key.</summary>
    public async Task<PublicFile?> SettingsAsync(string siteKey, CancellationToken cancellation) =>
        await SettingsOfAsync(siteKey, cancellation) is { } json ? File(json, "application/json; charset=utf-8") : null;

    /// <summary>Forgets the settings of a site that were changed.</summary>
    public void Forget(SiteKey site) => settings.Remove(site);

    /// <summary>Forgets all settings: some were changed by another process.</summary>
    public void ForgetAll() => settings.Clear();

    public void Dispose()
    {
        settings.Dispose();
        files.Dispose();
    }

    // System.Text.Json escapes <, > and the line separators, so the settings are safe as a script's text too.
    private async Task<string?> SettingsOfAsync(string siteKey, CancellationToken cancellation)
    {
        if (!SiteKey.TryParse(siteKey, out var key))
        {
            return null;
        }

        if (settings.TryGetValue(key, out string? json))
        {
            return json;
        }

        return await WidgetSettings.FindAsync(database, key, time.GetUtcNow(), cancellation) is { } found
            ? settings.Set(
                key,
                JsonSerializer.Serialize(found, SurveysJson.Default.WidgetSettings),
                new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Remembered })
            : null;
    }

    private PublicFile File(string text, string contentType) =>
        files.TryGetValue(text, out PublicFile? file)
            ? file!
            : files.Set(text, new PublicFile(Encoding.UTF8.GetBytes(text), contentType, PublicFile.ForAMinute), new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Kept });

    private static string ReadWidget()
    {
        using var reader = new StreamReader(typeof(WidgetFiles).Assembly.GetManifestResourceStream("collector.js")!);
        return reader.ReadToEnd().Trim();
    }
}
