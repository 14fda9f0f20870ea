using System.Globalization;
using System.Net;
using Collector.Ingest;

namespace Collector.Dashboard.People;

/// <summary>
/// Slows down who guesses: for one account ten attempts at once, and then one a minute; from one address three times that. The same for accounts that are not there, so that this does not tell which are.
/// </summary>
internal sealed class Attempts(TimeProvider time)
{
    private const int MostAtOnce = 10, FromOneAddress = 30, Remembered = 16_384;

    private readonly TokenBuckets<string> accounts = new(MostAtOnce, TimeSpan.FromMinutes(MostAtOnce), Remembered, time);
    private readonly TokenBuckets<AddressKey> addresses = new(FromOneAddress, TimeSpan.FromMinutes(FromOneAddress / 3), Remembered, time);

    /// <summary>Counts an attempt. Null when it may be made; otherwise how long to wait.</summary>
    public TimeSpan? Count(IPAddress? address, string account) => (address is null ? null : addresses.Take(AddressKey.Of(address))) ?? accounts.Take(account);

    /// <summary>How long to wait, as <c>Retry-After</c> says it.</summary>
    public static string Seconds(TimeSpan wait) => Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
