using System.Diagnostics;
using System.Globalization;

namespace Collector.Tests.Faults;

/// <summary>What a fault did to the responses that were sent. The rows go to the file that <c>COLLECTOR_FAULTS_TABLE</c> names, and to the test's output.</summary>
internal sealed class FaultTable(string fault)
{
    private static readonly Lock Writing = new();

    private readonly long start = Stopwatch.GetTimestamp();

    /// <summary>Writes the row: nothing may be lost, and nothing counted twice.</summary>
    public void Add(Visitors visitors, Aftermath aftermath, string note = "")
    {
        var (lost, twice) = (aftermath.Lost(visitors.Acknowledged), aftermath.CountedTwice);
        Add(visitors.Sent, visitors.Acknowledged.Count, aftermath.Revisions.Count, lost.Count, twice, note);
        Assert.Empty(lost);
        Assert.Equal(0, twice);
    }

    public void Add(long? sent, long? acknowledged, long? found, long? lost, long? twice, string note)
    {
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        var row = $"| {fault} | {Text(sent)} | {Text(acknowledged)} | {Text(found)} | {Text(lost)} | {Text(twice)} | {seconds} | {note} |";
        TestContext.Current.TestOutputHelper?.WriteLine(row);
        if (Environment.GetEnvironmentVariable("COLLECTOR_FAULTS_TABLE") is { Length: > 0 } file)
        {
            lock (Writing)
            {
                File.AppendAllText(file, row + "\n");
            }
        }
    }

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
