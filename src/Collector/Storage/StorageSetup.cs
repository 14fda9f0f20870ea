using System.ComponentModel.DataAnnotations;
using System.Data.Common;
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
public static partial class StorageSetup
{
    /// <summary>Adds the database that the setting <c>Collector:Database</c> names.</summary>
    public static void AddStorage(this IHostApplicationBuilder builder)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        builder.Services.AddOptions<StorageSettings>().BindConfiguration("Collector").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => new Database(services.GetRequiredService<IOptions<StorageSettings>>().Value.Database));
        builder.Services.AddSingleton<Migrations>();
        builder.Services.AddHostedService<Wiping>();
    }

    /// <summary>
    /// Brings the database to the schema that this version needs. One that can only be read is taken as it is, for its figures. False,
    /// with a line in the log, when it cannot be used.
    /// </summary>
    public static async Task<bool> TryMigrateAsync(this IHost app)
    {
        var logger = app.Services.GetRequiredService<ILogger<Database>>();
        var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            if (!await app.Services.GetRequiredService<Migrations>().ApplyAsync(stopping))
            {
                LogReadOnly(logger);
            }

            return true;
        }
        catch (Exception exception) when (exception is DbException or DatabaseRefusedException)
        {
            LogRefused(logger, exception.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The database can only be read. There are figures, but no responses are taken.")]
    private static partial void LogReadOnly(ILogger logger);

    [LoggerMessage(LogLevel.Critical, "Not started. {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
}
