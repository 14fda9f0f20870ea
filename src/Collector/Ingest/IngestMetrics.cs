using System.Diagnostics.Metrics;

namespace Collector.Ingest;

/// <summary>How storing fares, for whoever runs the collector: of all sites together.</summary>
public sealed class IngestMetrics
{
    private readonly Meter meter;
    private readonly Counter<long> responses;
    private readonly Histogram<long> batches;
    private readonly Histogram<double> commits;

    /// <summary>Its instruments.</summary>
    public IngestMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        meter = meters.Create("Collector");
        responses = meter.CreateCounter<long>("collector.responses", "{response}", "Responses by what became of them: created, revised, repeated, conflict, or failed where the storage could not take them.");
        batches = meter.CreateHistogram(
            "collector.batch.size", "{response}", "Responses that were committed at once.", advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] });
        commits = meter.CreateHistogram(
            "collector.commit.duration", "s", "How long it took to commit a batch.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });
    }

    internal void Committed(Outcome[] outcomes, TimeSpan took)
    {
        batches.Record(outcomes.Length);
        commits.Record(took.TotalSeconds);
        if (responses.Enabled)
        {
            foreach (var outcome in outcomes.CountBy(outcome => outcome))
            {
                responses.Add(outcome.Value, new KeyValuePair<string, object?>("outcome", outcome.Key.ToString().ToLowerInvariant()));
            }
        }
    }

    /// <summary>How many wait is asked when somebody reads it.</summary>
    internal void Watch(Func<int> waiting) => meter.CreateObservableGauge("collector.queue.length", waiting, "{response}", "Responses that wait to be stored.");

    internal void Failed(int count) => responses.Add(count, new KeyValuePair<string, object?>("outcome", "failed"));
}
