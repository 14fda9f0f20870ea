using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Collector.Storage;
using Dapper;

namespace Collector.Ingest;

/// <summary>
/// Receipts let a visitor who has no account have a response erased. A receipt is a signature of the response's id (HMAC-SHA-256),
/// so nothing needs to be stored for it, and each collector on the same database gives the same one.
/// </summary>
public sealed class Receipts(Database database)
{
    private const string SecretName = "receipts";
    private const int Length = 22; // of Base64Url: 132 bits

    private byte[]? secret;

    /// <summary>The receipt of a response.</summary>
    public ValueTask<string> ForAsync(string site, Guid id, CancellationToken cancellation) => SignAsync($"{site}/{id}", cancellation);

    /// <summary>A signature of anything else; it must not look like what a receipt signs.</summary>
    public async ValueTask<string> SignAsync(string text, CancellationToken cancellation)
    {
        secret ??= await ReadSecretAsync(cancellation);
        var signature = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text));
        return Base64Url.EncodeToString(signature)[..Length];
    }

    private async Task<byte[]> ReadSecretAsync(CancellationToken cancellation)
    {
        var fresh = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var kept = await database.WriteAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync(
                    "insert into secrets (name, value) values (@SecretName, @fresh) on conflict (name) do nothing",
                    new { SecretName, fresh },
                    transaction);
                return await transaction.Connection!.QuerySingleAsync<string>(
                    "select value from secrets where name = @SecretName", new { SecretName }, transaction);
            },
            cancellation);
        return Convert.FromBase64String(kept);
    }
}
