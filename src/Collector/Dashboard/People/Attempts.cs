using System.Globalization;
using System.Net;
using Collector.Ingest;

namespace Collector.Dashboard.People;

/// <summary>
/// Slows down who guesses: for one account ten attempts at once, and then one a minute; from one address three times that. The same for accounts that are not there, so that this does not tell which are.
/// </summary>
internal sealed partial class Attempts(TimeProvider time, ILogger<Attempts> logger)
{
    private const int MostAtOnce = 10, FromOneAddress = 30, Remembered = 16_384;

    private readonly TokenBuckets<string> accounts = new(MostAtOnce, TimeSpan.FromMinutes(MostAtOnce), Remembered, time);
    private readonly TokenBuckets<AddressKey> addresses = new(FromOneAddress, TimeSpan.FromMinutes(FromOneAddress / 3), Remembered, time);

    /// <summary>Counts an attempt. Null when it may be made; otherwise how long to wait.</summary>
    public TimeSpan? Count(IPAddress? address, string account)
    {
        var wait = (address is null ? null : addresses.Take(AddressKey.Of(address))) ?? accounts.Take(account);
        if (wait is { } told)
        {
            TellSlowedDown(told);
        }

        return wait;
    }

    /// <summary>How long to wait, as <c>Retry-After</c> says it.</summary>
    public static string Seconds(TimeSpan wait) => Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    // Neither the address, which may be nobody's, nor where from.
    [LoggerMessage(Level = LogLevel.Warning, Message = "Somebody tries to sign in too often, and has to wait for {Wait}.")]
    private partial void TellSlowedDown(TimeSpan wait);
}
