using System.ComponentModel.DataAnnotations;
using Dapper;
using Microsoft.Extensions.Options;

namespace Collector.Storage;

/// <summary>Where the data lies.</summary>
public sealed class StorageSettings
{
    /// <summary><c>Data Source=collector.db</c> (SQLite, the default), or a PostgreSQL connection string (<c>Host=…</c>).</summary>
    [Required]
    public string Database { get; set; } = "Data Source=collector.db";
}

/// <summary>Adds the storage to the application, and prepares it before the first request.</summary>
public static class StorageSetup
{
    /// <summary>Adds the database that the setting <c>Collector:Database</c> names.</summary>
    public static void AddStorage(this IHostApplicationBuilder builder)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        builder.Services.AddOptions<StorageSettings>().BindConfiguration("Collector").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => new Database(services.GetRequiredService<IOptions<StorageSettings>>().Value.Database));
        builder.Services.AddSingleton<Migrations>();
    }

    /// <summary>Brings the database to the schema that this version needs.</summary>
    public static Task MigrateAsync(this IHost app) =>
        app.Services.GetRequiredService<Migrations>().ApplyAsync(app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
}
