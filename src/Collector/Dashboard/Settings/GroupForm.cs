using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Sites;

namespace Collector.Dashboard.Settings;

/// <summary>What the form of a group sends.</summary>
public sealed record GroupForm
{
    /// <summary>What stands for a stage of the site's own in the list of stages.</summary>
    public const string OwnStageChoice = "-own-";

    /// <summary>Its name in routes; made of its name where it is left out.</summary>
    public string? Id { get; init; }

    /// <summary>What people call it.</summary>
    public string? Name { get; init; }

    /// <summary>Its patterns, one a line.</summary>
    public string? Patterns { get; init; }

    /// <summary>The journey: <c>buyer</c>, <c>service</c> or nothing.</summary>
    public string? Journey { get; init; }

    /// <summary>The stage, or <see cref="OwnStageChoice"/>.</summary>
    public string? Stage { get; init; }

    /// <summary>A stage of the site's own.</summary>
    public string? OwnStage { get; init; }

    /// <summary>What is to be done: <c>preview</c> or <c>save</c>.</summary>
    public string? Do { get; init; }

    internal string[] PatternLines => Written.Lines(Patterns);

    internal string IdOrMade => Written.Text(Id) ?? Slug.Of(Name ?? "");

    internal Journey? ReadJourney() => Enum.TryParse<Journey>(Journey, ignoreCase: true, out var journey) && Enum.IsDefined(journey) ? journey : null;

    internal string? ReadStage() => Stage == OwnStageChoice ? Written.Text(OwnStage) : Written.Text(Stage);

    internal static GroupForm Of(GroupAnswer group) => new()
    {
        Id = group.Id,
        Name = group.Name,
        Patterns = string.Join('\n', group.Patterns),
        Journey = group.Journey?.ToString().ToLowerInvariant(),
        Stage = group.Stage is null || IsUsual(group.Stage) ? group.Stage : OwnStageChoice,
        OwnStage = group.Stage is null || IsUsual(group.Stage) ? null : group.Stage,
    };

    private static bool IsUsual(string stage) => Stages.OfBuyer.Contains(stage) || Stages.OfService.Contains(stage);
}
