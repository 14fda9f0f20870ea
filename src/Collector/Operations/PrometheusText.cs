using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace Collector.Operations;

/// <summary>Metrics in the text format of Prometheus, version 0.0.4, under the names that OpenTelemetry's rules give them there.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder text = new();
    private readonly HashSet<string> told = new(StringComparer.Ordinal);

    public void Add(Metric metric)
    {
        var (type, suffix) = metric.MetricType switch
        {
            MetricType.LongSum or MetricType.DoubleSum => ("counter", "_total"),
            MetricType.Histogram => ("histogram", ""),
            _ => ("gauge", ""),
        };
        var name = NameOf(metric) + suffix;
        if (told.Add(name))
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {metric.Description.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)}\n# TYPE {name} {type}\n");
        }

        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            switch (metric.MetricType)
            {
                case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                    Add(name, Labels(point), point.GetSumLong());
                    break;
                case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                    Add(name, Labels(point), point.GetSumDouble());
                    break;
                case MetricType.LongGauge:
                    Add(name, Labels(point), point.GetGaugeLastValueLong());
                    break;
                case MetricType.DoubleGauge:
                    Add(name, Labels(point), point.GetGaugeLastValueDouble());
                    break;
                case MetricType.Histogram:
                    AddHistogram(name, point);
                    break;
                default:
                    break; // Exponential histograms have no form in this version of the format; none is asked for.
            }
        }
    }

    public override string ToString() => text.ToString();

    private void AddHistogram(string name, in MetricPoint point)
    {
        var labels = Labels(point);
        var count = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            var bound = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : bucket.ExplicitBound.ToString(CultureInfo.InvariantCulture);
            Add($"{name}_bucket", labels.Length == 0 ? $"le=\"{bound}\"" : $"{labels},le=\"{bound}\"", count);
        }

        Add($"{name}_sum", labels, point.GetHistogramSum());
        Add($"{name}_count", labels, point.GetHistogramCount());
    }

    private void Add(string name, string labels, double value) =>
        text.Append(name).Append(labels.Length == 0 ? "" : $"{{{labels}}}").Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string NameOf(Metric metric)
    {
        var name = Plain(metric.Name);
        var unit = metric.Unit switch { "s" => "seconds", "ms" => "milliseconds", "By" => "bytes", var other when other.Contains('{', StringComparison.Ordinal) => "", var other => Plain(other) };
        return unit.Length == 0 || name.EndsWith(unit, StringComparison.Ordinal) ? name : $"{name}_{unit}";
    }

    private static string Labels(in MetricPoint point)
    {
        var labels = new List<string>();
        foreach (var (name, value) in point.Tags)
        {
            var written = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels.Add($"{Plain(name)}=\"{written.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)}\"");
        }

        return string.Join(',', labels);
    }

    private static string Plain(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
