using System.Xml.Linq;
using Collector.Storage;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Collector.Dashboard.Shell;

/// <summary>Keeps the keys that the tokens of forms are made with in the database, so that all collectors on it have the same, and none writes them to its disk.</summary>
/// <remarks>They are asked for once a day, by a library that cannot wait asynchronously.</remarks>
internal sealed class KeyRing(Database database) : IXmlRepository
{
    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() => ReadAsync().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "insert into key_ring (name, value) values (@friendlyName, @Value) on conflict (name) do update set value = @Value",
            new { friendlyName, Value = element.ToString(SaveOptions.DisableFormatting) },
            transaction),
        CancellationToken.None).GetAwaiter().GetResult();

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        await using var connection = await database.LookUpAsync(CancellationToken.None);
        var values = await connection.QueryAsync<string>("select value from key_ring");
        return [.. values.Select(value => XElement.Parse(value))];
    }
}
