using System.Text.Json.Nodes;

namespace Collector.Tests.Support;

/// <summary>A response as a widget sends it, to be changed where a test needs it.</summary>
public sealed class SomeResponse
{
    public SomeResponse(string siteKey) => Json = new JsonObject
    {
        ["id"] = Guid.CreateVersion7().ToString(),
        ["site"] = siteKey,
        ["survey"] = "effort-and-intention",
        ["page"] = "https://shop.example/contact",
        ["revision"] = 1,
        ["state"] = "partial",
        ["answers"] = new JsonArray(),
    };

    public JsonObject Json { get; }

    public string Id => (string)Json["id"]!;

    public SomeResponse With(string member, JsonNode? value)
    {
        Json[member] = value;
        return this;
    }

    public SomeResponse Without(string member)
    {
        Json.Remove(member);
        return this;
    }

    public SomeResponse On(string page) => With("page", page);

    /// <summary>Adds an answer, or replaces the one to the same question; without a value there is none.</summary>
    public SomeResponse Answering(string question, int? score = null, string? choice = null, string? text = null)
    {
        var answers = Json["answers"]!.AsArray();
        foreach (var earlier in answers.Where(answer => (string?)answer!["question"] == question).ToList())
        {
            answers.Remove(earlier);
        }

        var answer = new JsonObject { ["question"] = question };
        Add("score", score);
        Add("choice", choice);
        Add("text", text);
        if (answer.Count > 1)
        {
            answers.Add(answer);
        }

        return this;

        void Add(string member, JsonNode? value)
        {
            if (value is not null)
            {
                answer[member] = value;
            }
        }
    }

    /// <summary>The next revision of it.</summary>
    public SomeResponse Next()
    {
        var next = new SomeResponse("");
        next.Json.Clear();
        foreach (var (member, value) in Json)
        {
            next.Json[member] = value?.DeepClone();
        }

        return next.With("revision", (int)Json["revision"]! + 1);
    }
}
