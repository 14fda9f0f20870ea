using Collector.Feedback;
using Collector.Sites;

namespace Collector.Ingest.Hosted;

/// <summary>A survey, as its pages speak of it to one visitor.</summary>
internal sealed record HostedConversation
{
    private readonly IReadOnlyList<string> wanted;

    /// <param name="site">The site.</param>
    /// <param name="survey">The survey.</param>
    /// <param name="wanted">The visitor's languages.</param>
    public HostedConversation(Site site, Survey survey, IReadOnlyList<string> wanted)
    {
        (Site, Survey, this.wanted) = (site, survey.In(site.Languages), wanted);
        Language = SurveyLanguage.Choose([.. Survey.Questions[0].Text.Keys], wanted);
    }

    public Site Site { get; }

    /// <summary>The survey in the site's languages.</summary>
    public Survey Survey { get; }

    /// <summary>The language that it is held in.</summary>
    public string Language { get; }

    /// <summary>Puts a question.</summary>
    public HostedScreen Ask(string question, IReadOnlyDictionary<string, GivenAnswer> answers, Guid id, string token)
    {
        var step = new HostedStep
        {
            Survey = Survey,
            Question = Survey.Find(question)!,
            Language = Language,
            Id = id,
            Token = token,
            Given = answers.GetValueOrDefault(question),
            HasBefore = question != Survey.Questions[0].Id,
        };
        return new HostedScreen { Site = Site, Language = Language, Title = $"{step.Say(step.Question.Text)} – {Site.Name}", Step = step };
    }

    /// <summary>Puts a question again, and says why: another answer is needed.</summary>
    public HostedScreen Refuse(HostedScreen asked, string error)
    {
        var words = PageTexts.In([Language, .. wanted], error);
        return asked with
        {
            Title = $"{PageTexts.In([words.Language], "error").Words}: {asked.Title}",
            Step = asked.Step! with { Error = words, IsInvalid = true },
        };
    }

    /// <summary>Puts a question again, with the answer in it, since it could not be stored.</summary>
    public HostedScreen Fail(HostedScreen asked) => asked with { Step = asked.Step! with { Error = Label("failed") } };

    /// <summary>Says that all of it is stored.</summary>
    public HostedScreen Thank() => new() { Site = Site, Language = Language, Title = $"{Label("thanks").Words} – {Site.Name}", Message = Label("thanks") };

    private PageText Label(string name) => new(SurveyLanguage.In(Survey.Labels.GetValueOrDefault(name), Language), Language);
}
