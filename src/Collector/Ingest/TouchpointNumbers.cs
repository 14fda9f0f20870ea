using System.Data.Common;
using System.Globalization;
using Collector.Feedback;
using Collector.Storage;

namespace Collector.Ingest;

/// <summary>Finds the numbers under which touchpoints are stored, and gives new ones theirs.</summary>
internal sealed class TouchpointNumbers(DbTransaction transaction, CancellationToken cancellation)
{
    /// <summary>The number of a touchpoint; 0, which is for all that came too late, when it is new and its site has as many as it may hold.</summary>
    public async Task<int> NumberOfAsync(Touchpoint touchpoint, string site, int maximum)
    {
        while (true)
        {
            if (await ScalarAsync("select number from touchpoints where site = @Site and name = @Name", site, touchpoint.Name) is { } number)
            {
                return number;
            }

            // Numbers are given from 1 without a gap, so the highest tells how many there are.
            var highest = await ScalarAsync("select coalesce(max(number), 0) from touchpoints where site = @Site", site) ?? 0;
            var isFull = highest >= maximum;
            var (next, name) = isFull ? (0, Touchpoint.Other.Name) : (highest + 1, touchpoint.Name);
            await transaction.Prepared(
                "insert into touchpoints (site, number, name) values (@Site, @Number, @Name) on conflict (site, number) do nothing", site, next, name)
                .ExecuteNonQueryAsync(cancellation);
            if (isFull)
            {
                return 0;
            }

            // Another process may have taken the number for another page in between; the next round sees which it was.
        }
    }

    private async Task<int?> ScalarAsync(string sql, params object?[] values) =>
        await transaction.Prepared(sql, values).ExecuteScalarAsync(cancellation) is { } value ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : null;
}
