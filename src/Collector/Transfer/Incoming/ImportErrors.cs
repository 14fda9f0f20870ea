using System.Data.Common;
using System.Text.Json;
using Collector.Storage;

namespace Collector.Transfer.Incoming;

/// <summary>Writes down which records were refused, and why.</summary>
internal static class ImportErrors
{
    private static readonly Statement<(string Site, string Import, CheckedRecord Record)> Insert = new(
        "insert into import_errors (site, import, line, errors) values (@Site, @Import, @Line, @Errors) on conflict do nothing",
        new("Site", row => row.Site),
        new("Import", row => row.Import),
        new("Line", Number: row => row.Record.Line),
        new("Errors", row => JsonSerializer.Serialize(row.Record.Errors!, TransferJson.Default.IReadOnlyDictionaryStringStringArray)));

    public static Task InsertAsync(DbTransaction transaction, string site, string import, IEnumerable<CheckedRecord> records, CancellationToken cancellation) =>
        Insert.ExecuteAsync(transaction, records.Select(record => (site, import, record)), cancellation);
}
