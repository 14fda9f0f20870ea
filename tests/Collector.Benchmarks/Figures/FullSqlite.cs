using System.Data.Common;
using Collector.Benchmarks.Ingest;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Collector.Benchmarks.Figures;

/// <summary>A SQLite file.</summary>
internal sealed class FullSqlite(string file) : FullDatabase
{
    public override string Title => "SQLite";

    public override Contestant Collector => Contestant.Collector;

    public override string ConnectionString => $"Data Source={file}";

    public override string IndexesOfResponses => "select name, sql from sqlite_master where type = 'index' and tbl_name = 'responses' and sql is not null";

    public override bool TryMake() => !File.Exists(file);

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new SqliteConnection($"{ConnectionString};Pooling=False");
        await connection.OpenAsync(cancellation);
        return connection;
    }

    public override Task FinishAsync(CancellationToken cancellation) => Task.CompletedTask;

    protected override async Task<TableBytes> BytesAsync(DbConnection connection)
    {
        var pages = await connection.ExecuteScalarAsync<long>("pragma page_count") - await connection.ExecuteScalarAsync<long>("pragma freelist_count");
        var all = pages * await connection.ExecuteScalarAsync<long>("pragma page_size");
        long cells = await CopyAsync("cells", "score_cells"), totals = await CopyAsync("totals", "intent_totals", "score_totals");
        return new TableBytes(all - cells - totals, cells, totals);

        // The bundled SQLite does not tell what a table takes; a copy of it in a file of its own does.
        async Task<long> CopyAsync(params string[] tables)
        {
            var copy = $"{file}-copy";
            await connection.ExecuteAsync("attach @copy as copy", new { copy });
            foreach (var table in tables)
            {
                var sql = await connection.ExecuteScalarAsync<string>("select sql from sqlite_master where name = @table", new { table });
                await connection.ExecuteAsync($"{sql!.Replace($"create table {table}", $"create table copy.{table}", StringComparison.OrdinalIgnoreCase)}; insert into copy.{table} select * from main.{table}");
            }

            await connection.ExecuteAsync("detach copy");
            var length = new FileInfo(copy).Length;
            File.Delete(copy);
            return length;
        }
    }
}
