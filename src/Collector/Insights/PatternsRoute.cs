using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Insights;

/// <summary>CES × VIS: which intents, on which touchpoints, go with high effort.</summary>
public static class PatternsRoute
{
    /// <summary>Maps the route.</summary>
    public static void MapPatterns(this RouteGroupBuilder figures) => figures.MapGet("/patterns", GetAsync)
        .WithName("GetPatterns").WithSummary("Which intents go with high effort, and where").WithProblems(400, 404)
        .WithResponseExample(200,
            """
            { "from": "2026-10-01", "to": "2026-10-31", "answers": 1681, "difficultShare": 0.337,
              "association": { "cramersV": 0.2049, "p": 2.1e-15, "smallExpected": false }, "tested": 12,
              "cells": [ { "touchpoint": "home.example/apartment", "intent": "inform", "answers": 268, "difficult": 139, "share": 0.519,
                           "rest": 0.303, "lift": 1.71, "residual": 6.85, "p": 7.4e-12, "q": 8.9e-11 } ],
              "patterns": [ { "touchpoint": "home.example/apartment", "intent": "inform", "answers": 268, "difficult": 139, "share": 0.519,
                              "rest": 0.303, "lift": 1.71, "residual": 6.85, "p": 7.4e-12, "q": 8.9e-11, "direction": "harder",
                              "success": { "answers": 251, "share": 0.41, "low": 0.35, "high": 0.47 },
                              "obstacles": [ { "text": "The price is not clear", "answers": 31 }, { "text": "other", "answers": 12 } ],
                              "sentence": "On home.example/apartment, visitors who came for “Find information” found it hard 1.7 times as often as others, 52 % against 30 %; 268 answers" } ],
              "formula": "patterns-1" }
            """);

    /// <summary>
    /// Lays intents beside effort: each touchpoint × intent against the rest of the selection, and each touchpoint and each intent as a whole. A cell is called a pattern
    /// only when the correction for the number of cells tested supports it and it has as many answers as the site asks for; a touchpoint or intent whose answers are all of one
    /// cell is told as that cell alone. What made it difficult is read from the newest responses, at most 1,000 a touchpoint. With the scope `responses` besides `read`,
    /// patterns carry example comments.
    /// </summary>
    /// <param name="lang">The language of sentences and obstacles: <c>en</c> or <c>nl</c>. By default the first of the site's that it can be, or else English.</param>
    /// <param name="limit">At most so many cells, and so many patterns, 1 to 500; default 50. All cells are tested, whatever the limit.</param>
    internal static async Task<Results<Ok<PatternsAnswer>, ProblemHttpResult>> GetAsync(
        Site site,
        [AsParameters] SelectionQuery query,
        [FromQuery(Name = "lang"), AllowedValues("en", "nl")] string? lang,
        [FromQuery(Name = "limit"), Range(1, 500)] string? limit,
        ClaimsPrincipal caller,
        Audit audit,
        Selections selections,
        Database database,
        SurveyDirectory surveys,
        CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var selection = await selections.ReadAsync(query, site, errors, cancellation);
        var language = SentenceLanguage.Read(lang, site, errors);
        var most = Paging.Read(new PagingQuery { Limit = limit }, errors).Limit;
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        var table = new PatternTable();
        await foreach (var counts in TouchpointIntent.ReadAsync(database, selection, cancellation))
        {
            table.Add(counts);
        }

        var cells = table.Test();
        List<TestedCell> found = [.. cells.Where(cell => cell.IsPattern(site.MinimumAnswers)).Take(most)];
        var withComments = found.Count > 0 && caller.Has(Scopes.Responses);
        if (withComments)
        {
            await audit.WriteOnceAnHourAsync(database, site.Id, Act.CommentsRead, cancellation);
        }

        return TypedResults.Ok(new PatternsAnswer
        {
            From = selection.From,
            To = selection.To,
            Answers = table.All.Answers,
            DifficultShare = table.All.Answers == 0 ? null : (double)table.All.Difficult / table.All.Answers,
            Association = table.Association(),
            Tested = cells.Count,
            Cells = [.. cells.Take(most).Select(PatternCell.Of)],
            Patterns = found.Count == 0 ? [] : await DescribeAsync(found, selection, language, withComments, database, surveys, cancellation),
            Formula = "patterns-1",
            AllCells = cells,
        });
    }

    private static async Task<IReadOnlyList<PatternFigure>> DescribeAsync(
        List<TestedCell> found,
        Selection selection,
        SentenceLanguage language,
        bool withComments,
        Database database,
        SurveyDirectory surveys,
        CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        var words = await IntentWords.ReadAsync(connection, selection.Site, language, cancellation);
        var voices = await Voices.ReadAsync(connection, surveys, selection, found, language, cancellation);
        return
        [
            .. found.Select(cell => PatternFigure.Of(
                cell, voices[cell], withComments, PatternSentence.Of(cell, cell.Intent is { } intent ? words.Of(intent) : null, language))),
        ];
    }
}
