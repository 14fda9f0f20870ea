using System.Text.Json;
using Collector.Sites;
using Collector.Storage;
using Dapper;

namespace Collector.Transfer.Incoming;

/// <summary>Stores a file, part by part as it comes in, so that neither its size nor a kill matters to what is acknowledged.</summary>
internal sealed class Upload(Database database, TimeProvider time)
{
    /// <summary>The most records of one file.</summary>
    public const int MostRecords = 2_000_000;

    /// <summary>The most bytes of one file.</summary>
    public const long LargestFile = 1L << 30;

    // A part is stored in one transaction, once as it comes and once as responses: small, so that visitors do not wait for it.
    private const int RecordsOfPart = 256, CharactersOfPart = 512 * 1024;

    /// <summary>Stores all records; the import then has the state given.</summary>
    /// <returns>The import's id.</returns>
    /// <exception cref="UnreadableFileException">It is no such file, or has too many records.</exception>
    public async Task<string> StoreAsync(Site site, string name, ImportForm form, IAsyncEnumerator<ImportRecord> records, string state, Audit audit, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString("n");
        try
        {
            await BeginAsync(site, id, name, form, now, cancellation);
            var (parts, count) = await StorePartsAsync(site, id, records, cancellation);
            await EndAsync(site, id, name, state, parts, count, audit, cancellation);
            return id;
        }
        catch
        {
            // What is left of it after a kill goes a day later.
            await ForgetAsync(site.Id, id, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Takes an import away with all its parts.</summary>
    public Task ForgetAsync(string site, string id, CancellationToken cancellation) => database.WriteAsync(
        site,
        async transaction =>
        {
            foreach (var (table, column) in (IEnumerable<(string, string)>)[("import_parts", "import"), ("import_errors", "import"), ("imports", "id")])
            {
                await transaction.Connection!.ExecuteAsync(new CommandDefinition($"delete from {table} where site = @site and {column} = @id", new { site, id }, transaction, cancellationToken: cancellation));
            }

            return true;
        },
        cancellation);

    private Task<bool> BeginAsync(Site site, string id, string name, ImportForm form, DateTimeOffset now, CancellationToken cancellation) => database.WriteAsync(
        site.Id,
        async transaction =>
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                """
                insert into imports (site, id, state, name, form, created_at, records, parts, parts_done, read, stored, repeated, refused)
                values (@Site, @id, 'uploading', @name, @Form, @Now, 0, 0, 0, 0, 0, 0, 0)
                """,
                new { Site = site.Id, id, name, Form = JsonSerializer.Serialize(form, TransferJson.Default.ImportForm), Now = now.ToUnixTimeMilliseconds() },
                transaction,
                cancellationToken: cancellation));
            await transaction.Connection!.ExecuteAsync(new CommandDefinition("update sites set importing = 1 where id = @Id", new { site.Id }, transaction, cancellationToken: cancellation));
            return true;
        },
        cancellation);

    private async Task<(int Parts, long Records)> StorePartsAsync(Site site, string id, IAsyncEnumerator<ImportRecord> records, CancellationToken cancellation)
    {
        var part = new List<ImportRecord>(RecordsOfPart);
        var (parts, count, characters) = (0, 0L, 0);
        while (await records.MoveNextAsync())
        {
            if (++count > MostRecords)
            {
                throw new UnreadableFileException("It has more than 2,000,000 records: send it in several files.");
            }

            part.Add(records.Current);
            characters += records.Current.Text.Length;
            if (part.Count == RecordsOfPart || characters > CharactersOfPart)
            {
                await StorePartAsync();
            }
        }

        if (part.Count > 0)
        {
            await StorePartAsync();
        }

        return (parts, count);

        async Task StorePartAsync()
        {
            var row = new { Site = site.Id, id, Part = parts, Content = PackedRecords.Pack(part) };
            await database.WriteAsync(
                transaction => transaction.Connection!.ExecuteAsync(new CommandDefinition(
                    "insert into import_parts (site, import, part, content) values (@Site, @id, @Part, @Content)", row, transaction, cancellationToken: cancellation)),
                cancellation);
            part.Clear();
            (parts, characters) = (parts + 1, 0);
        }
    }

    private Task<bool> EndAsync(Site site, string id, string name, string state, int parts, long records, Audit audit, CancellationToken cancellation) => database.WriteAsync(
        site.Id,
        async transaction =>
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                "update imports set state = @state, parts = @parts, records = @records where site = @Site and id = @id",
                new { Site = site.Id, id, state, parts, records },
                transaction,
                cancellationToken: cancellation));
            if (state == ImportRow.Running)
            {
                await audit.WriteAsync(transaction, site.Id, Act.ResponsesImported, name);
            }

            return true;
        },
        cancellation);
}
