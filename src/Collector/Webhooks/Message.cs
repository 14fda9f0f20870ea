using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Collector.Webhooks;

/// <summary>What is sent to a webhook of an event, in the form that it speaks.</summary>
internal static class Message
{
    // It is the body of a message, not part of a page: quotation marks and letters may stand as they are.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The request that carries it.</summary>
    /// <param name="webhook">Who is told.</param>
    /// <param name="id">The message's id.</param>
    /// <param name="type">The type of the event.</param>
    /// <param name="happenedAt">When it happened.</param>
    /// <param name="data">What happened.</param>
    /// <param name="now">When it is sent.</param>
    public static HttpRequestMessage Of(WebhookRow webhook, string id, string type, DateTimeOffset happenedAt, JsonObject data, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        var body = (webhook.Speaks switch
        {
            MessageFormat.Slack => ForSlack(data),
            MessageFormat.Teams => ForTeams(data),
            _ => new JsonObject { ["type"] = type, ["timestamp"] = happenedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), ["data"] = data.DeepClone() },
        }).ToJsonString(Readable);
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Collector", null));
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", Secret.Sign(webhook.SecretsAt(now), id, seconds, body));
        return request;
    }

    // mrkdwn, in which < > & would begin something.
    private static JsonObject ForSlack(JsonObject data)
    {
        var text = new StringBuilder(Escaped(SentenceOf(data)));
        foreach (var comment in CommentsOf(data))
        {
            text.Append("\n> ").Append(Escaped(comment).ReplaceLineEndings("\n> "));
        }

        if ((string?)data["link"] is { } link)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n<{link}>");
        }

        return new JsonObject { ["text"] = text.ToString(), ["unfurl_links"] = false };

        static string Escaped(string plain) => plain.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
    }

    private static JsonObject ForTeams(JsonObject data)
    {
        var blocks = new JsonArray(Block(SentenceOf(data)));
        foreach (var comment in CommentsOf(data))
        {
            blocks.Add((JsonNode)new JsonObject { ["type"] = "Container", ["style"] = "emphasis", ["items"] = new JsonArray(Block(comment)) });
        }

        var card = new JsonObject { ["type"] = "AdaptiveCard", ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json", ["version"] = "1.4", ["body"] = blocks };
        if ((string?)data["link"] is { } link)
        {
            card["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = "Collector", ["url"] = link });
        }

        return new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = card }),
        };

        // A run of text, since a block of text would take what a visitor wrote for Markdown.
        static JsonObject Block(string text) => new()
        {
            ["type"] = "RichTextBlock",
            ["inlines"] = new JsonArray(new JsonObject { ["type"] = "TextRun", ["text"] = text }),
        };
    }

    private static string SentenceOf(JsonObject data) => (string?)data["sentence"] ?? "";

    private static IEnumerable<string> CommentsOf(JsonObject data) => (data["comments"] as JsonArray ?? []).Select(comment => (string?)comment?["text"]).OfType<string>();
}
