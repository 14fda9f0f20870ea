namespace Collector.Operations;

/// <summary>How the process is set up when nobody says otherwise.</summary>
public static class Settings
{
    /// <summary>Where the collector listens when nobody says otherwise.</summary>
    public const string DefaultAddress = "http://localhost:5080";

    /// <summary>Listens on the default address unless <c>--urls</c> or the environment names another, and logs one line an event, or as <c>Logging__Console__FormatterName</c> says: <c>json</c>.</summary>
    public static void AddSettings(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null && builder.Configuration["http_ports"] is null)
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }

        builder.Services.AddSingleton(TimeProvider.System);
        if (builder.Configuration["Logging:Console:FormatterName"] is null)
        {
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        }

        // A caller without a good key must not be able to fill the log.
        builder.Logging.AddFilter("Collector.Sites.ApiKeyAuthentication", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // It warns once of keys that are not encrypted; they sign the tokens of forms, and who reads the database has what these guard.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
    }
}
