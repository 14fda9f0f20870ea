using System.Data.Common;
using Collector.Benchmarks.Ingest;
using Dapper;

namespace Collector.Benchmarks.Figures;

/// <summary>A database that is full of responses, or about to be.</summary>
internal abstract class FullDatabase
{
    /// <summary>What the report calls it.</summary>
    public abstract string Title { get; }

    /// <summary>Who writes to it and reads it.</summary>
    public abstract Contestant Collector { get; }

    public abstract string ConnectionString { get; }

    /// <summary>Selects the name of each index of the responses but their key, and the statement that makes it.</summary>
    public abstract string IndexesOfResponses { get; }

    /// <summary>Whether there is nothing in it yet; then it is there now.</summary>
    public abstract bool TryMake();

    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>What is done once all responses are there.</summary>
    public abstract Task FinishAsync(CancellationToken cancellation);

    public async Task<(string Site, DateOnly LastDay, TableBytes Bytes)> LookAsync(CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        var site = (await connection.ExecuteScalarAsync<string>("select id from sites"))!;
        var day = await connection.ExecuteScalarAsync<int>("select max(day) from cells where site = @site", new { site });
        var cells = await connection.ExecuteScalarAsync<long>("select (select count(*) from cells) + (select count(*) from score_cells)");
        return (site, Feedback.DayNumber.ToDay(day), await BytesAsync(connection) with { CellCount = cells });
    }

    /// <summary>What tables take, with their indexes.</summary>
    protected abstract Task<TableBytes> BytesAsync(DbConnection connection);
}
