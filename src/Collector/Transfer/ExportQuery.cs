using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Collector.Feedback;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Transfer;

/// <summary>The form of an export, as it stands in the query. The API's document takes the descriptions from here.</summary>
internal sealed record ExportQuery
{
    [Description("`csv`, or `ndjson`: one response a line, as JSON.")]
    [FromQuery(Name = "format"), AllowedValues("csv", "ndjson"), Required]
    public string? Format { get; init; }

    [Description("`true`: CSV begins with a byte order mark, by which Excel knows that it is in UTF-8. By default `false`.")]
    [FromQuery(Name = "bom"), AllowedValues("true", "false")]
    public string? Bom { get; init; }

    [Description("What stands between the cells of CSV: `comma` (the default), or `semicolon`, which is what Excel splits at where decimals have a comma.")]
    [FromQuery(Name = "separator"), AllowedValues("comma", "semicolon")]
    public string? Separator { get; init; }
}

/// <summary>The same, checked.</summary>
internal sealed record ExportForm(bool IsCsv, bool HasByteOrderMark, char Separator)
{
    /// <summary>Reads it; what is wrong is added to <paramref name="errors"/>.</summary>
    public static ExportForm Read(ExportQuery query, FieldErrors errors)
    {
        OneOf(query.Format ?? "", "format", "csv", "ndjson");
        OneOf(query.Bom ?? "false", "bom", "true", "false");
        OneOf(query.Separator ?? "comma", "separator", "comma", "semicolon");
        return new ExportForm(query.Format == "csv", query.Bom == "true", query.Separator == "semicolon" ? ';' : ',');

        void OneOf(string given, string field, string one, string another)
        {
            if (given != one && given != another)
            {
                errors.AddMalformed(field, $"One of: {one}, {another}.");
            }
        }
    }
}
