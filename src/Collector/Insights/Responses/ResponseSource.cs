using System.Globalization;
using Dapper;

namespace Collector.Insights.Responses;

/// <summary>Where single responses of a selection are found: in the comments, which lie in the order in which they are read, wherever only those are asked for.</summary>
internal static class ResponseSource
{
    /// <summary>What follows <c>from</c>, with its conditions, by the name <c>cells</c>; and the values that it names.</summary>
    public static (string Sql, DynamicParameters Parameters) Of(Selection selection, ResponseFilter filter)
    {
        var parameters = selection.Parameters;
        if (!filter.IsOfComments)
        {
            return ($"responses cells where {selection.Where} and cells.suspect = '' and cells.state <> 'erased' and {selection.Tags.Where}", parameters);
        }

        var conditions = new List<string> { selection.Where };
        foreach (var (i, term) in (filter.Search?.Terms ?? []).Index())
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Term{i}");
            parameters.Add(name, $"%{term}%");
            conditions.Add($"cells.words like @{name}");
        }

        Add("Feel", filter.Feel, "cells.feel = @Feel");
        Add("Effort", filter.Effort, "cells.effort = @Effort");
        Add("Label", filter.Label, "cells.id in (select response from response_labels where site = @Site and label = @Label)");
        if (filter.Handled is { } handled)
        {
            conditions.Add($"{(handled ? "" : "not ")}exists (select 1 from handled_responses where handled_responses.site = @Site and handled_responses.response = cells.id)");
        }

        if (selection.Tags.Cells is not null)
        {
            conditions.Add($"cells.id in (select id from responses where site = @Site and day between @FromDay and @ToDay and {selection.Tags.Where})");
        }

        return ($"comments cells where {string.Join(" and ", conditions)}", parameters);

        void Add(string name, object? value, string condition)
        {
            if (value is not null)
            {
                parameters.Add(name, value);
                conditions.Add(condition);
            }
        }
    }
}
