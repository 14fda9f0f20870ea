using System.Data.Common;
using Collector.Feedback;
using Collector.Insights;
using Collector.Insights.Responses;
using Collector.Surveys;
using Dapper;

namespace Collector.Transfer;

/// <summary>
/// The columns of an export: what every response has, and one for each question that the site's surveys have ever asked, whoever answered it. So the header does not depend on what the first rows hold, nor
/// on the selection.
/// </summary>
internal sealed class ExportColumns
{
    private static readonly (string Name, Action<CsvWriter, SingleResponse, DateOnly> Write)[] OfAll =
    [
        ("id", (csv, response, _) => csv.Write(response.Id.ToString())),
        ("answeredAt", (csv, response, _) => csv.Write(response.AnsweredAt)),
        ("day", (csv, _, day) => csv.Write(day)),
        ("page", (csv, response, _) => csv.Write(response.Page)),
        ("touchpoint", (csv, response, _) => csv.Write(response.Touchpoint)),
        ("survey", (csv, response, _) => csv.Write(response.Survey)),
        ("surveyVersion", (csv, response, _) => csv.Write(response.SurveyVersion)),
        ("state", (csv, response, _) => csv.Write(response.State)),
        ("visit", (csv, response, _) => csv.Write(response.Visit?.ToString())),
        ("effort", (csv, response, _) => csv.Write(response.Effort)),
        ("scale.min", (csv, response, _) => csv.Write(response.Scale?.Min)),
        ("scale.max", (csv, response, _) => csv.Write(response.Scale?.Max)),
        ("scale.easy", (csv, response, _) => csv.Write(response.Scale is null ? null : response.Scale.Easy == EasyEnd.High ? "high" : "low")),
        ("intent", (csv, response, _) => csv.Write(response.Intent)),
        ("success", (csv, response, _) => csv.Write(response.Success)),
        ("device", (csv, response, _) => csv.Write(response.Device)),
        ("language", (csv, response, _) => csv.Write(response.Language)),
        ("referrer", (csv, response, _) => csv.Write(response.Context?.Referrer)),
        ("pagesInVisit", (csv, response, _) => csv.Write(response.Context?.PagesInVisit)),
        ("secondsInVisit", (csv, response, _) => csv.Write(response.Context?.SecondsInVisit)),
        ("tags", (csv, response, _) => csv.Write(response.Tags.Count == 0 ? null : TransferJson.Write(response.Tags))),
        ("labels", (csv, response, _) => csv.Write(string.Join(';', response.Labels))),
        ("handled.by", (csv, response, _) => csv.Write(response.Handled?.By)),
        ("handled.at", (csv, response, _) => csv.Write(response.Handled?.At)),
    ];

    private readonly IReadOnlyList<(string Question, bool HasText)> questions;

    private ExportColumns(IReadOnlyList<(string Question, bool HasText)> questions) => this.questions = questions;

    /// <summary>Those of a site, or of one survey of it. Questions come in the order of the newest version of each survey; what only older versions asked follows.</summary>
    public static async Task<ExportColumns> ReadAsync(DbConnection connection, Selection selection, CancellationToken cancellation)
    {
        var definitions = await connection.QueryAsync<string>(new CommandDefinition(
            $"select definition from survey_versions where site = @Site {(selection.Survey is null ? "" : "and id = @Survey")} order by id, version desc",
            new { selection.Site, selection.Survey },
            cancellationToken: cancellation));
        var asked = definitions
            .SelectMany(definition => SurveyWrites.Read(definition).Questions)
            .GroupBy(question => question.Id, StringComparer.Ordinal)
            .Select(versions => (versions.Key, versions.Any(question => question.Choices?.Any(choice => choice.Id == Choice.Other) == true)));
        return new ExportColumns([.. asked]);
    }

    /// <summary>The first row.</summary>
    public void WriteHeader(CsvWriter csv)
    {
        foreach (var (name, _) in OfAll)
        {
            csv.Write(name);
        }

        foreach (var (question, hasText) in questions)
        {
            csv.Write($"answer.{question}");
            if (hasText)
            {
                csv.Write($"answer.{question}.text");
            }
        }

        csv.EndRow();
    }

    /// <summary>The row of a response.</summary>
    public void Write(CsvWriter csv, SingleResponse response, DateOnly day)
    {
        foreach (var (_, write) in OfAll)
        {
            write(csv, response, day);
        }

        foreach (var (question, hasText) in questions)
        {
            var answer = response.Answers.FirstOrDefault(answer => answer.Question == question);
            if (answer?.Score is { } score)
            {
                csv.Write(score);
            }
            else
            {
                csv.Write(answer?.Choice ?? (answer?.Choices is { } choices ? string.Join(';', choices) : answer?.Text));
            }

            if (hasText)
            {
                csv.Write(answer?.Choice is null && answer?.Choices is null ? null : answer.Text);
            }
        }

        csv.EndRow();
    }
}
