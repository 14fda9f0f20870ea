// Prints where a site costs its visitors most effort, and how its score went, week by week.
using System.Globalization;
using Collector.Analyst;
using Collector.Client;
using Spectre.Console;

var (address, site, key) = (Read("COLLECTOR"), Read("SITE"), Read("KEY"));
if (address is null || site is null || key is null || !Uri.TryCreate(address, UriKind.Absolute, out var collectorAddress))
{
    AnsiConsole.MarkupLine("Set [bold]COLLECTOR[/] (https://…), [bold]SITE[/] and [bold]KEY[/] (with the scope read).");
    return 2;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var collector = CollectorClient.Create(collectorAddress, key);
try
{
    var (today, weeks) = (DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime), 12);
    // Until when, is left to the collector: where the site is, it may be tomorrow already.
    await Hardest.WriteAsync(collector, site, today.AddDays(-27));
    await Weeks.WriteAsync(collector, site, today.AddDays(1 - (7 * weeks)));
    return 0;
}
catch (CollectorException exception)
{
    // What is wrong by field is in exception.Errors; here a sentence is enough.
    AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]{(int)exception.StatusCode}[/] {exception.Message}");
    return 1;
}

static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
