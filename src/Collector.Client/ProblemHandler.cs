using System.Text.Json;

namespace Collector.Client;

/// <summary>Makes an exception of each answer that is an error: problem details (RFC 9457), with the fields that are wrong.</summary>
internal sealed class ProblemHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            var (detail, errors) = Read(body);
            throw new CollectorException(response.StatusCode, detail ?? response.ReasonPhrase ?? "", errors, RetryHandler.Wait(response), body);
        }
    }

    private static (string? Detail, Dictionary<string, IReadOnlyList<string>> Errors) Read(string body)
    {
        var errors = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        try
        {
            using var problem = JsonDocument.Parse(body);
            if (problem.RootElement.ValueKind != JsonValueKind.Object)
            {
                return (null, errors);
            }

            if (problem.RootElement.TryGetProperty("errors", out var fields) && fields.ValueKind == JsonValueKind.Object)
            {
                foreach (var field in fields.EnumerateObject())
                {
                    errors[field.Name] = [.. field.Value.EnumerateArray().Select(message => message.GetString() ?? "")];
                }
            }

            var text = (string name) => problem.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            return (text("detail") ?? text("title"), errors);
        }
        catch (JsonException)
        {
            return (null, errors); // A proxy in between, perhaps.
        }
    }
}
