using System.Globalization;
using System.Text;
using Collector.Feedback;
using Collector.Sites;
using Dapper;

namespace Collector.Insights;

/// <summary>Which responses a figure is about: the checked filters of a query.</summary>
internal sealed record Selection
{
    private const int DefaultDays = 28, MostDays = 3_660, LongestName = 100;

    private Selection(string site, DateOnly from, DateOnly to) => (Site, From, To) = (site, from, to);

    /// <summary>The site's id.</summary>
    public string Site { get; }

    /// <summary>The first day.</summary>
    public DateOnly From { get; private init; }

    /// <summary>The last day, included.</summary>
    public DateOnly To { get; private init; }

    /// <summary>The number of the first day, for SQL.</summary>
    public int FromDay => DayNumber.Of(From);

    /// <summary>The number of the last day, for SQL.</summary>
    public int ToDay => DayNumber.Of(To);

    /// <summary>The name of the only touchpoint, if there is one.</summary>
    public string? Touchpoint { get; private init; }

    /// <summary>The only survey, if there is one.</summary>
    public string? Survey { get; private init; }

    /// <summary>The only intent, if there is one.</summary>
    public string? Intent { get; private init; }

    /// <summary>The only success, if there is one.</summary>
    public string? Success { get; private init; }

    /// <summary>The only device, if there is one.</summary>
    public string? Device { get; private init; }

    /// <summary>The only language, if there is one.</summary>
    public string? Language { get; private init; }

    /// <summary>The marks that visits must have.</summary>
    public TagFilter Tags { get; private init; } = TagFilter.None;

    /// <summary>The numbers of the only touchpoints, as a JSON array, if groups are given.</summary>
    public string? Touchpoints { get; private init; }

    /// <summary>The same numbers.</summary>
    public IReadOnlySet<long>? Numbers { get; private init; }

    /// <summary>The first day that is not settled; touchpoints have totals of the days before it, and of the spans that end before it.</summary>
    public int Settled { get; init; }

    /// <summary>Whether it asks for what no totals tell apart.</summary>
    public bool NeedsCells => (Survey ?? Success ?? Device ?? Language) is not null;

    /// <summary>Whether it is of nothing but days: of all responses to all surveys at all touchpoints.</summary>
    public bool IsOfAllTouchpoints => this is { NeedsCells: false, HasTouchpoints: false, Intent: null, Tags.Cells: null };

    /// <summary>Whether its days have one total each, but for scales: it is of one touchpoint in settled days, or of all touchpoints.</summary>
    public bool HasOneTotalADay => IsOfAllTouchpoints || (Touchpoint is not null && ToDay < Settled && this is { NeedsCells: false, Touchpoints: null, Intent: null, Tags.Cells: null });

    /// <summary>Whether it is about some touchpoints only.</summary>
    public bool HasTouchpoints => (Touchpoint ?? Touchpoints) is not null;

    /// <summary>Writes the SQL that follows a column which is one of the numbers in a parameter that is a JSON array.</summary>
    public Func<string, string> InNumbers { get; init; } = _ => throw new InvalidOperationException("It was not read by Selections.");

    /// <summary>The values of what is named in its conditions.</summary>
    public DynamicParameters Parameters
    {
        get
        {
            var parameters = new DynamicParameters(this);
            Tags.AddTo(parameters);
            return parameters;
        }
    }

    /// <summary>The condition on the table <c>cells</c>, or on <c>responses</c> by that name. Only filters that are given stand in it, so that each finds its index.</summary>
    public string Where => WhereIn("cells.day between @FromDay and @ToDay");

    /// <summary>The same of as many days just before; null where the calendar has not so many.</summary>
    public Selection? Before
    {
        get
        {
            var days = To.DayNumber - From.DayNumber + 1;
            return From.DayNumber < days ? null : this with { From = From.AddDays(-days), To = From.AddDays(-1) };
        }
    }

    /// <summary>Its days from this one on, which is not after the last.</summary>
    public Selection NotBefore(int day) => this with { From = DayNumber.ToDay(Math.Max(FromDay, day)) };

    /// <summary>Its part of one day.</summary>
    public Selection On(DateOnly day) => this with { From = day, To = day };

    /// <summary>The same condition, with another one in place of its days.</summary>
    public string WhereIn(string days)
    {
        var where = new StringBuilder("cells.site = @Site and ").Append(days);
        And(Touchpoint, () => "cells.touchpoint = (select number from touchpoints where site = @Site and name = @Touchpoint)");
        And(Touchpoints, () => $"cells.touchpoint {InNumbers("@Touchpoints")}");
        And(Survey, () => "cells.survey = @Survey");
        And(Intent, () => "cells.intent = @Intent");
        And(Success, () => "cells.success = @Success");
        And(Device, () => "cells.device = @Device");
        And(Language, () => "cells.language = @Language");
        return where.ToString();

        void And(string? given, Func<string> condition) => where.Append(given is null ? "" : $" and {condition()}");
    }

    /// <summary>The part of it that is about these touchpoints.</summary>
    /// <param name="touchpoints">Their numbers.</param>
    public Selection Of(IEnumerable<long> touchpoints)
    {
        var numbers = touchpoints.ToHashSet();
        return this with { Touchpoints = $"[{string.Join(',', numbers)}]", Numbers = numbers };
    }

    /// <summary>The part of it that is about this touchpoint.</summary>
    public Selection Of(Feedback.Touchpoint touchpoint) => this with { Touchpoint = touchpoint.Name };

    /// <summary>Whether a response may be in both, as far as all filters tell but those of touchpoints.</summary>
    public bool Meets(Selection other)
    {
        return Agree(Survey, other.Survey) && Agree(Intent, other.Intent) && Agree(Success, other.Success) && Agree(Device, other.Device)
            && Agree(Language, other.Language) && Tags.Meets(other.Tags);

        static bool Agree(string? one, string? another) => one is null || another is null || one == another;
    }

    /// <summary>Reads the filters; what is wrong with them is added to <paramref name="errors"/>.</summary>
    public static Selection Read(SelectionQuery query, Site site, DateTimeOffset now, FieldErrors errors)
    {
        var to = ReadDay(query.To, "to", errors) ?? site.DayOf(now);
        var from = ReadDay(query.From, "from", errors) ?? to.AddDays(1 - Math.Min(DefaultDays, to.DayNumber + 1));
        if (from > to)
        {
            errors.AddMalformed("from", "Lies after 'to'.");
        }
        else if (to.DayNumber - from.DayNumber >= MostDays)
        {
            errors.AddMalformed("from", string.Create(CultureInfo.InvariantCulture, $"At most {MostDays} days."));
        }

        return new Selection(site.Id, from, to)
        {
            Touchpoint = ReadTouchpoint(query, site, errors),
            Survey = ReadName(query.Survey, "survey", errors),
            Intent = ReadName(query.Intent, "intent", errors),
            Success = ReadName(query.Success, "success", errors),
            Device = ReadDevice(query.Device, errors),
            Language = ReadName(query.Language, "language", errors)?.ToLowerInvariant(),
            Tags = TagFilter.Read(query.Request.Query, errors),
        };
    }

    private static string? ReadTouchpoint(SelectionQuery query, Site site, FieldErrors errors)
    {
        if (query.Page is not null && query.Touchpoint is not null)
        {
            errors.AddMalformed("touchpoint", "Give either 'page' or 'touchpoint'.");
        }

        if (query.Page is { } text)
        {
            if (Page.TryParse(text, out var page))
            {
                return site.Place(page, Page.QueryOf(text)).Touchpoint.Name;
            }

            errors.AddMalformed("page", "Must be an http or https URL of at most 2,048 characters.");
        }

        if (query.Touchpoint is { } name)
        {
            if (Feedback.Touchpoint.TryParse(name, out var touchpoint))
            {
                return touchpoint.Name;
            }

            errors.AddMalformed("touchpoint", "Must be the name of a touchpoint, such as shop.example/orders/{id}.");
        }

        return null;
    }

    private static DateOnly? ReadDay(string? text, string field, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        errors.AddMalformed(field, "Must be a date such as 2026-11-22.");
        return null;
    }

    private static string? ReadDevice(string? text, FieldErrors errors)
    {
        var names = Enum.GetNames<Device>().Select(name => name.ToLowerInvariant()).ToList();
        if (text is not null && !names.Contains(text))
        {
            errors.AddMalformed("device", $"One of: {string.Join(", ", names)}.");
        }

        return text;
    }

    private static string? ReadName(string? text, string field, FieldErrors errors)
    {
        if (text is not null && (text.Length is 0 or > LongestName || text.Any(char.IsControl)))
        {
            errors.AddMalformed(field, string.Create(CultureInfo.InvariantCulture, $"1 to {LongestName} characters."));
        }

        return text;
    }
}
