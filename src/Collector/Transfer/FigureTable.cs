using System.Buffers;

namespace Collector.Transfer;

/// <summary>A column of a figure's table.</summary>
/// <typeparam name="T">What a row is about.</typeparam>
/// <param name="Name">Its name: where the value stands in the figure's JSON.</param>
/// <param name="Of">Its value: a text, a number, true or false, or none.</param>
internal sealed record FigureColumn<T>(string Name, Func<T, object?> Of);

/// <summary>A figure as a table, on its way to becoming CSV.</summary>
internal sealed class FigureTable
{
    private readonly ArrayBufferWriter<byte> bytes = new();
    private readonly CsvWriter csv;

    public FigureTable() => csv = new CsvWriter(bytes);

    /// <summary>All of it.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.WrittenSpan;

    /// <summary>Adds rows, and the header before the first of them.</summary>
    public void Add<T>(DateOnly from, DateOnly to, IReadOnlyList<FigureColumn<T>> columns, IEnumerable<T> rows)
    {
        if (bytes.WrittenCount == 0)
        {
            csv.Write("from");
            csv.Write("to");
            foreach (var column in columns)
            {
                csv.Write(column.Name);
            }

            csv.EndRow();
        }

        foreach (var row in rows)
        {
            csv.Write(from);
            csv.Write(to);
            foreach (var column in columns)
            {
                Write(column.Of(row));
            }

            csv.EndRow();
        }
    }

    private void Write(object? value)
    {
        switch (value)
        {
            case double number: csv.Write(number); break;
            case long number: csv.Write(number); break;
            case int number: csv.Write(number); break;
            case bool isSo: csv.Write(isSo ? "true" : "false"); break;
            default: csv.Write((string?)value); break;
        }
    }
}
