using System.Globalization;

namespace Collector.Operations.Moving;

/// <summary>Says how far a move is, once a second and at the end of each table, and what came of it.</summary>
public sealed class MoveReport(TextWriter output, TextWriter errors, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly long began = time.GetTimestamp();
    private long told = time.GetTimestamp();

    /// <summary>Something is done with so many rows of so many.</summary>
    public async Task TellAsync(string what, long rows, long total)
    {
        if (rows == total || time.GetElapsedTime(told) >= Pause)
        {
            told = time.GetTimestamp();
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{what}: {rows} of {total} rows, {time.GetElapsedTime(began).TotalSeconds:0} s"));
        }
    }

    /// <summary>A table is the same in both databases, or is not.</summary>
    public Task ResultAsync(string table, RowDigest source, RowDigest target) => output.WriteLineAsync(
        $"{table,-18} {source.Rows,10} {source.Hash} {(target == source ? "same" : $"DIFFERENT {target.Rows} {target.Hash}")}");

    /// <summary>Why nothing was moved.</summary>
    public Task RefuseAsync(string reason) => errors.WriteLineAsync($"Not moved. {reason}");
}
