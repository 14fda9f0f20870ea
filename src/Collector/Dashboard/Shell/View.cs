using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Collector.Dashboard.Shell;

/// <summary>A part of a page: it speaks the reader's language.</summary>
public abstract class View : ComponentBase
{
    /// <summary>Who reads it.</summary>
    [CascadingParameter]
    public required PageContext Page { get; set; }

    /// <summary>A text in the reader's language.</summary>
    protected string Say(string text) => Page.Words.Say(text);

    /// <summary>A text with values in it.</summary>
    protected string Say(string text, params object?[] values) => Page.Words.Say(text, values);

    /// <summary>A text that counts something; <c>{0}</c> is the number.</summary>
    protected string Count(long number, string one, string many) => Say(number == 1 ? one : many, Whole(number));

    /// <summary>A whole number.</summary>
    protected string Whole(long number) => number.ToString("N0", Page.Culture);

    /// <summary>A number with so many decimals.</summary>
    protected string Number(double number, int decimals = 1) => number.ToString(FormattableString.Invariant($"F{decimals}"), Page.Culture);

    /// <summary>A share as a percentage.</summary>
    protected string Percent(double share, int decimals = 0) => $"{Number(100 * share, decimals)}\u00a0%";

    /// <summary>A day, such as 22 Nov 2026.</summary>
    protected string Day(DateOnly day) => day.ToString("d MMM yyyy", Page.Culture);

    /// <summary>A moment, in the site's time zone where there is a site.</summary>
    protected string Moment(DateTimeOffset moment) =>
        TimeZoneInfo.ConvertTime(moment, Page.Site?.TimeZone ?? TimeZoneInfo.Utc).ToString("d MMM yyyy HH:mm", Page.Culture);

    /// <summary>A number as attributes and scripts read it.</summary>
    protected static string Plain(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}

/// <summary>A page: it shows what its route has read.</summary>
public abstract class View<TModel> : View
{
    /// <summary>What it shows.</summary>
    [Parameter, EditorRequired]
    public required TModel Model { get; set; }
}
