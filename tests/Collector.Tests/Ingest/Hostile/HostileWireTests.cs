using System.Globalization;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest.Hostile;

/// <summary>Requests that are wrong below the body: lengths, chunks, headers, request lines.</summary>
public sealed class HostileWireTests(RunningCollector collector)
{
    private const string Line = "POST /v1/responses HTTP/1.1\r\n", Json = "Content-Type: application/json\r\n", Close = "Connection: close\r\n", Host = "Host: collector.example\r\n";
    private const string Ordinary = Line + Host + Json + Close;

    /// <summary>A head and what follows it; {body} stands for a valid body, {length} for its length, {hex} for that in hexadecimal.</summary>
    private static IEnumerable<string> Requests =>
    [
        .. ((string[])[
            "{length}", "0{length}", " {length} ", "+{length}", "-{length}", "-1", "0", "1", "{hex}", "0x{hex}", "{length}.0", "{length}e0", "{length},{length}", "{length}, {length}", "{length};", "'{length}'", "",
            "x", "\u0661", "65536", "65537", "1000000", "2147483648", "9223372036854775807", "9223372036854775808", "18446744073709551616", "99999999999999999999999999",
            "{length}\r\nContent-Length: {length}", "{length}\r\nContent-Length: 5", "5\r\nContent-Length: {length}", "{length}\r\nTransfer-Encoding: chunked", "5\r\nTransfer-Encoding: chunked",
        ]).Select(length => $"{Ordinary}Content-Length: {length}\r\n\r\n{{body}}"),
        .. ((string[])[
            "{hex}\r\n{body}\r\n0\r\n\r\n", "000000{hex}\r\n{body}\r\n0\r\n\r\n", "{hex};a=b;c=\"d\"\r\n{body}\r\n0\r\n\r\n", "{hex} \r\n{body}\r\n0\r\n\r\n", "{hex}\n{body}\n0\n\n", "{hex}\r\n{body}0\r\n\r\n",
            "{hex}\r\n{body}\r\n", "{hex}\r\n{body}\r\n0\r\n", "{hex}\r\n{body}\r\n0\r\nX: y\r\n\r\n", "{hex}\r\n{body}\r\n0\r\nContent-Length: 3\r\n\r\n", "0\r\n\r\n", "0\r\n\r\n{body}", "", "\r\n", "x\r\n",
            "80000000\r\n{body}", "FFFFFFFF\r\n{body}", "FFFFFFFFFFFFFFFF\r\n{body}", "10000000000000000\r\n{body}",
            "-1\r\n{body}", "0x{hex}\r\n{body}\r\n0\r\n\r\n", "1\r\n{body}\r\n0\r\n\r\n", "5\r\n{body}\r\n0\r\n\r\n", "7FFFFFFF\r\n{body}",
            "{hex}\r\n{body}\r\n{hex}\r\n{body}\r\n0\r\n\r\n", "{hex}\0\r\n{body}\r\n0\r\n\r\n", $"{{hex}};{new string('x', 20_000)}\r\n{{body}}\r\n0\r\n\r\n",
            $"{string.Concat(Enumerable.Repeat("1\r\n \r\n", 10_000))}{{hex}}\r\n{{body}}\r\n0\r\n\r\n", $"{string.Concat(Enumerable.Repeat("1\r\n \r\n", 70_000))}0\r\n\r\n",
        ]).Select(chunks => $"{Ordinary}Transfer-Encoding: chunked\r\n\r\n{chunks}"),
        .. ((string[])[
            "Chunked", "CHUNKED", "chunked, chunked", "gzip, chunked", "chunked, gzip", "gzip", "identity", "identity, chunked", "xchunked", "chunkedx", "\"chunked\"", "chunked;q=1", "", ",chunked", "\tchunked",
            "chunked\r\nTransfer-Encoding: identity", "cow\r\nTransfer-Encoding: chunked",
        ]).Select(coding => $"{Ordinary}Transfer-Encoding: {coding}\r\n\r\n{{hex}}\r\n{{body}}\r\n0\r\n\r\n"),
        .. ((string[])[
            "application/json", "APPLICATION/JSON", "application/json;charset=utf-8", "application/json; charset=\"utf-8\"", "application/json;charset=UTF8", "application/json; charset=utf-7", "application/json;charset=",
            "application/json; charset=utf-8; charset=utf-16", "application/json;", "application/json;;;", "application/json; a=b; c=\"d;e\"", "application/json, text/plain", "application/json\r\nContent-Type: text/html",
            "application/jsonp", "application/ld+json", "application/*", "*/*", "json", "/", "application/", "/json", "text/plain; boundary=x", "text/plain;charset=iso-8859-1", "text/PLAIN", "text/plain ;charset=utf-8",
            "multipart/form-data; boundary=x", "\"application/json\"", "application/json\0", "application/j\u00e9son", new string('x', 8_000), $"application/json; a={new string('x', 8_000)}",
            $"application/json{string.Concat(Enumerable.Repeat(";a=b", 1_500))}",
        ]).Select(type => $"{Line}{Host}{Close}Content-Type: {type}\r\nContent-Length: {{length}}\r\n\r\n{{body}}"),
        .. ((string[])[
            $"X: {new string('x', 20_000)}", $"X: {new string('x', 40_000)}", $"{new string('x', 40_000)}: y", $"X: {new string('x', 2_000_000)}", string.Join("\r\n", Enumerable.Range(0, 90).Select(i => $"X{i}: y")),
            string.Join("\r\n", Enumerable.Range(0, 5_000).Select(i => $"X{i}: y")), "X", "X y", ": y", "X : y", " X: y", "X: y\r\n z", "X:\0", "X\0: y", "X: \r", "X: \u0001\u001f\u007f", "X: \u00ff\ud83d\ude00", "\u00e9: y", "X\r: y", "(): y",
            "Host: other.example", "Accept: text/html", "Accept: application/xml;q=x", "Accept: \u00ff", "Accept-Encoding: x, *;q=0", "Origin: null", "Origin: \u00ff", $"Origin: https://{new string('x', 8_000)}", "Expect: 100-continue", "Expect: x",
            "Upgrade: websocket\r\nSec-WebSocket-Version: 13", "Upgrade: h2c\r\nHTTP2-Settings: x", "Authorization: Bearer x", "Authorization: \u00ff", "Authorization: Basic \0", $"Authorization: Bearer ck_{new string('0', 8_000)}",
            "Cookie: \u00ff=;;;=", "Content-Encoding: gzip", "Content-Encoding: identity", "Content-Encoding:", "Content-Encoding: ,", "Content-Range: bytes 0-1/2", "Content-Disposition: x", "Range: bytes=0-", "If-Match: *", "If-None-Match: *",
            "If-Modified-Since: x", "X-HTTP-Method-Override: DELETE", "X-Forwarded-For: \u00ff, 1, ::", "X-Forwarded-Host: \0", "Forwarded: for=\"[", "traceparent: 00-x", "traceparent: 00-00000000000000000000000000000000-0000000000000000-00",
            "baggage: \u00ff=%", "Keep-Alive: x", "TE: trailers", "Trailer: Content-Length", "Max-Forwards: -1", "Date: x", "X-Content-Length: 1",
        ]).Select(header => $"{Ordinary}{header}\r\nContent-Length: {{length}}\r\n\r\n{{body}}"),
        .. ((string[])[
            "GET /v1/responses", "PUT /v1/responses", "DELETE /v1/responses", "HEAD /v1/responses", "OPTIONS /v1/responses", "TRACE /v1/responses", "CONNECT /v1/responses", "post /v1/responses", "POSTX /v1/responses", "P\0ST /v1/responses",
            "POST /v1/responses/", "POST /V1/RESPONSES", "POST //v1/responses", "POST /v1//responses", "POST /v1/./responses", "POST /v1/x/../responses", "POST /v1/%72esponses", "POST /v1/responses%00", "POST /v1/responses%2f", "POST /v1/responses%",
            "POST /v1/responses?", "POST /v1/responses?x=%00&x=%ff&=", $"POST /v1/responses?{new string('x', 20_000)}", $"POST /{new string('x', 20_000)}", "POST /v1/responses#x", "POST v1/responses", "POST http://other.example/v1/responses", "POST *", "POST",
            "POST  /v1/responses", " POST /v1/responses", "POST /v1/responses x", "POST \\v1\\responses", "POST /v1/\u00e9", "\r\nPOST /v1/responses", "\0",
        ]).Select(line => $"{line} HTTP/1.1\r\n{Host}{Json}{Close}Content-Length: {{length}}\r\n\r\n{{body}}"),
        .. ((string[])["HTTP/1.0", "HTTP/0.9", "http/1.1", "HTTP/1.1x", "HTTP/1", "HTTP", "", "FTP/1.1"]).Select(version => $"POST /v1/responses {version}\r\n{Host}{Json}{Close}Content-Length: {{length}}\r\n\r\n{{body}}"),
        .. ((string[])["", "Host:\r\n", "Host: \0\r\n", "Host: a b\r\n", "Host: x\r\nHost: y\r\n", "Host: [\r\n", "Host: x:y\r\n", "Host: x:99999\r\n", "Host: \u00e9\r\n", "Host: ../x\r\n", $"Host: {new string('x', 9_000)}\r\n"])
            .Select(host => $"{Line}{host}{Json}{Close}Content-Length: {{length}}\r\n\r\n{{body}}"),
        "", "\r\n\r\n", "\0\0\0\0", "\u0016\u0003\u0001\u0002", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET /", $"{new string('\n', 10_000)}", new string('x', 100_000), Ordinary, $"{Ordinary}\r\n", $"{Line}{Host}{Json}Content-Length: {{length}}\r\n\r\n",
        $"{Ordinary.Replace("\r\n", "\n", StringComparison.Ordinal)}Content-Length: {{length}}\n\n{{body}}", $"{Ordinary.Replace("\r\n", "\r", StringComparison.Ordinal)}Content-Length: {{length}}\r\r{{body}}",
        string.Concat(Enumerable.Repeat($"{Line}{Host}{Json}Content-Length: 2\r\n\r\n{{}}", 200)),
    ];

    [Fact]
    public async Task WhateverAConnectionSendsItIsAnsweredOrClosed()
    {
        using var visitor = new HostileVisitor(await collector.NewSiteAsync());
        var address = collector.Visitor.BaseAddress!;
        await Parallel.ForEachAsync(Requests, TestContext.Current.CancellationToken, async (request, _) =>
        {
            var body = HostileBody.Valid(visitor.Site.SiteKey).ToJsonString();
            var bytes = HostileJson.Latin(request
                .Replace("{body}", body, StringComparison.Ordinal)
                .Replace("{length}", body.Length.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{hex}", body.Length.ToString("x", CultureInfo.InvariantCulture), StringComparison.Ordinal));
            var (replies, took) = await HostileWire.SendAsync(address, bytes);
            if (took.TotalSeconds > 2)
            {
                (var again, took) = await HostileWire.SendAsync(address, bytes); // Once may be the machine; twice is the request.
                replies += again;
            }

            foreach (var (status, mediaType, text) in HostileWire.Read(replies))
            {
                // What the server refuses below the application has no body, and another HTTP than 1.1 or 1.0 has a status of its own; what the
                // application could not read to its end has no field.
                var complaint = text.Length == 0 && status is (>= 400 and < 500) or 505 ? null
                    : status == 400 && text.Contains("could not be read", StringComparison.Ordinal) ? null
                    : visitor.Judge(status, mediaType, text);
                HostileJsonTests.ComplainUnless(complaint is null, visitor, $"{complaint}\n  {HostileVisitor.Readable(bytes)}");
            }

            HostileJsonTests.ComplainUnless(took.TotalSeconds < 2, visitor, $"took {took.TotalSeconds:0.0} s, {replies.Split('\r')[0]}: {HostileVisitor.Readable(bytes)}");
        });
        await visitor.LeavesAllInOrderAsync();
    }
}
