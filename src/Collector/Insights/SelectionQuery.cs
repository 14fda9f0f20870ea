using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Insights;

/// <summary>The filters that all figures share, as they stand in the query. The API's document takes the descriptions from here.</summary>
internal sealed record SelectionQuery
{
    [Description("The first day, in the site's time zone, as `yyyy-MM-dd`. By default 27 days before `to`.")]
    [FromQuery(Name = "from"), DataType(DataType.Date)]
    public string? From { get; init; }

    [Description("The last day, included. By default today.")]
    [FromQuery(Name = "to"), DataType(DataType.Date)]
    public string? To { get; init; }

    [Description("A page's URL: the answers of the touchpoint that it belongs to, which is `{other}` for a page that came after the site had all the touchpoints it may have. Not together with `touchpoint`.")]
    [FromQuery(Name = "page")]
    public string? Page { get; init; }

    [Description("A touchpoint's name, such as `shop.example/orders/{id}`.")]
    [FromQuery(Name = "touchpoint")]
    public string? Touchpoint { get; init; }

    [Description("A group's name: the answers of its touchpoints.")]
    [FromQuery(Name = "group")]
    public string? Group { get; init; }

    [Description("A stage: the answers of the touchpoints of all groups at this stage.")]
    [FromQuery(Name = "stage")]
    public string? Stage { get; init; }

    [Description("A survey's name.")]
    [FromQuery(Name = "survey")]
    public string? Survey { get; init; }

    [Description("An intent, such as `compare`.")]
    [FromQuery(Name = "intent")]
    public string? Intent { get; init; }

    [Description("How it worked out: `yes`, `partly`, `no` or `busy`.")]
    [FromQuery(Name = "success")]
    public string? Success { get; init; }

    [Description("A kind of device: `desktop`, `mobile` or `tablet`.")]
    [FromQuery(Name = "device"), AllowedValues("desktop", "mobile", "tablet")]
    public string? Device { get; init; }

    [Description("The language in which the survey was shown, as a BCP 47 tag.")]
    [FromQuery(Name = "language")]
    public string? Language { get; init; }

    [Description(
        "A mark that the page gave the visit, by its name: `tag.segment=business`; of several, all. It is looked for in each response of the days rather than in counts, so that it takes "
        + "longer the more responses with marks there are, and those that were erased when their time was over are not among them.")]
    [FromQuery(Name = "tag.<name>")]
    public string? Tag { get; init; }

    /// <summary>The query itself: what marks are called is only known there.</summary>
    public required HttpRequest Request { get; init; }
}
