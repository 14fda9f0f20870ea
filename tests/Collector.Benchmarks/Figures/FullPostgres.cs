using System.Data;
using System.Data.Common;
using System.Globalization;
using Collector.Benchmarks.Ingest;
using Dapper;
using Npgsql;

namespace Collector.Benchmarks.Figures;

/// <summary>A database of a PostgreSQL server, which has one for each size.</summary>
internal sealed class FullPostgres(ConfiguredPostgres server, int responses) : FullDatabase
{
    private readonly string name = string.Create(CultureInfo.InvariantCulture, $"responses_{responses}");

    public override string Title => "PostgreSQL 15";

    public override Contestant Collector => Contestant.CollectorOnPostgres;

    public override string ConnectionString => server.ConnectionString(name);

    public override string IndexesOfResponses =>
        "select relname, pg_get_indexdef(oid) from pg_index join pg_class on oid = indexrelid where indrelid = to_regclass('responses') and not indisprimary";

    public override bool TryMake() => server.TryMakeDatabase(name);

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false;Command Timeout=0");
        await connection.OpenAsync(cancellation);
        return connection;
    }

    // As it does by itself sooner or later. The checkpoint is not left to those who measure.
    public override async Task FinishAsync(CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition("vacuum analyze", cancellationToken: cancellation));
        await connection.ExecuteAsync(new CommandDefinition("checkpoint", commandType: CommandType.Text, cancellationToken: cancellation));
    }

    protected override async Task<TableBytes> BytesAsync(DbConnection connection)
    {
        return new TableBytes(await OfAsync("responses"), await OfAsync("cells", "score_cells"), await OfAsync("totals", "intent_totals", "score_totals"));

        Task<long> OfAsync(params string[] tables) =>
            connection.ExecuteScalarAsync<long>("select cast(sum(pg_total_relation_size(to_regclass(name))) as bigint) from unnest(@tables) as name", new { tables });
    }
}
