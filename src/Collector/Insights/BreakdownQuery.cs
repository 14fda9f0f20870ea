using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Insights;

/// <summary>How a figure is to be broken down, as it stands in the query. The API's document takes the description from here.</summary>
internal sealed record BreakdownQuery
{
    [Description(
        "Breaks it down by `day`, `week` (of ISO 8601, such as 2026-W47), `month` (2026-11), `touchpoint`, `group`, `stage`, `intent`, `success`, `device`, `language` or " +
        "`survey`. Where a touchpoint is in several groups, its answers count in each of them, and once at each stage.")]
    [FromQuery(Name = "by"), AllowedValues("day", "week", "month", "touchpoint", "group", "stage", "intent", "success", "device", "language", "survey")]
    public string? By { get; init; }
}
