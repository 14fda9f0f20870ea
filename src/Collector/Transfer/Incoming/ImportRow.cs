using System.Data.Common;
using System.Text.Json;
using Dapper;

namespace Collector.Transfer.Incoming;

/// <summary>An import as it lies in the table.</summary>
internal sealed record ImportRow
{
    public const string Uploading = "uploading", Waiting = "waiting", Running = "running", Done = "done", Failed = "failed";

    /// <summary>So many refused records are listed.</summary>
    public const int MostErrors = 1_000;

    public required string Site { get; init; }
    public required string Id { get; init; }
    public required string State { get; init; }
    public required string Name { get; init; }
    public required string Form { get; init; }
    public required long CreatedAt { get; init; }
    public required long? FinishedAt { get; init; }
    public required long Records { get; init; }
    public required int Parts { get; init; }
    public required int PartsDone { get; init; }
    public required long Read { get; init; }
    public required long Stored { get; init; }
    public required long Repeated { get; init; }
    public required long Refused { get; init; }
    public required string? Failure { get; init; }

    private const string Select =
        """
        select site, id, state, name, form, created_at as CreatedAt, finished_at as FinishedAt, records, parts, parts_done as PartsDone, read, stored, repeated, refused, failure
        from imports
        """;

    /// <summary>How its records are read.</summary>
    public ImportForm ToForm() => JsonSerializer.Deserialize(Form, TransferJson.Default.ImportForm)!;

    /// <summary>What is told of it.</summary>
    public ImportAnswer ToAnswer(IReadOnlyList<ImportError> errors) => new()
    {
        Id = Id,
        State = Enum.Parse<ImportState>(State, ignoreCase: true),
        Name = Name,
        Records = Records,
        Read = Read,
        Stored = Stored,
        Repeated = Repeated,
        Refused = Refused,
        Errors = errors,
        Failure = Failure,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        FinishedAt = FinishedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
    };

    public static Task<ImportRow?> FindAsync(DbConnection connection, string site, string id, DbTransaction? transaction, CancellationToken cancellation) =>
        connection.QuerySingleOrDefaultAsync<ImportRow>(new CommandDefinition($"{Select} where site = @site and id = @id", new { site, id }, transaction, cancellationToken: cancellation));

    /// <summary>Those that were started, the latest first.</summary>
    public static async Task<List<ImportRow>> ListAsync(DbConnection connection, string site, string? before, int most, CancellationToken cancellation) =>
        (await connection.QueryAsync<ImportRow>(new CommandDefinition(
            $"{Select} where site = @site and state in ('running', 'done', 'failed') {(before is null ? "" : "and id < @before")} order by id desc limit @most",
            new { site, before, most },
            cancellationToken: cancellation))).AsList();

    /// <summary>Those that have something left, in the order in which they came.</summary>
    public static async Task<List<ImportRow>> ListUnfinishedAsync(DbConnection connection, string site, CancellationToken cancellation) =>
        (await connection.QueryAsync<ImportRow>(new CommandDefinition(
            $"{Select} where site = @site and state in ('uploading', 'waiting', 'running') order by id", new { site }, cancellationToken: cancellation))).AsList();

    public static async Task<List<ImportError>> ErrorsAsync(DbConnection connection, string site, string id, CancellationToken cancellation) =>
        [.. (await connection.QueryAsync<(long Line, string Errors)>(new CommandDefinition(
            "select line, errors from import_errors where site = @site and import = @id order by line", new { site, id }, cancellationToken: cancellation)))
            .Select(row => new ImportError(row.Line, JsonSerializer.Deserialize(row.Errors, TransferJson.Default.IReadOnlyDictionaryStringStringArray)!))];

    /// <summary>A part of its file that is not brought in yet; null when there is none of this number.</summary>
    public static async Task<IReadOnlyList<ImportRecord>?> PartAsync(DbConnection connection, string site, string id, int part, CancellationToken cancellation) =>
        await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select content from import_parts where site = @site and import = @id and part = @part", new { site, id, part }, cancellationToken: cancellation)) is { } packed
            ? PackedRecords.Unpack(packed)
            : null;
}
