using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Collector.Feedback;
using Collector.Ingest;
using Collector.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Collector.Tests.Ingest;

/// <summary>Whatever comes in: the status that the contract names, with the field, and nothing stored.</summary>
public sealed class BadInputTests(RunningCollector collector)
{
    public static TheoryData<string, string, HttpStatusCode, string> Cases => new()
    {
        { "no JSON", "hello", HttpStatusCode.BadRequest, "" },
        { "empty", "", HttpStatusCode.BadRequest, "" },
        { "half", "{\"id\":", HttpStatusCode.BadRequest, "" },
        { "two documents", "[] []", HttpStatusCode.BadRequest, "" },
        { "a comment", "{/**/}", HttpStatusCode.BadRequest, "" },
        { "a trailing comma", "{,}", HttpStatusCode.BadRequest, "" },
        { "a list", "[]", HttpStatusCode.BadRequest, "" },
        { "a text", "\"x\"", HttpStatusCode.BadRequest, "" },
        { "null", "null", HttpStatusCode.BadRequest, "" },
        { "deep nesting", new string('[', 100_000 / 2), HttpStatusCode.BadRequest, "" },
        { "an unknown member", "+ colour = \"red\"", HttpStatusCode.BadRequest, "/colour" },
        { "another case", "+ Revision = 1", HttpStatusCode.BadRequest, "/Revision" },
        { "an id that is no UUID", "+ id = \"7\"", HttpStatusCode.BadRequest, "/id" },
        { "an id that is a number", "+ id = 7", HttpStatusCode.BadRequest, "/id" },
        { "a visit that is no UUID", "+ visit = \"me\"", HttpStatusCode.BadRequest, "/visit" },
        { "a revision with a fraction", "+ revision = 1.5", HttpStatusCode.BadRequest, "/revision" },
        { "a revision in quotes", "+ revision = \"1\"", HttpStatusCode.BadRequest, "/revision" },
        { "a negative revision", "+ revision = -1", HttpStatusCode.BadRequest, "/revision" },
        { "a huge revision", "+ revision = 1e400", HttpStatusCode.BadRequest, "/revision" },
        { "a state nobody knows", "+ state = \"done\"", HttpStatusCode.BadRequest, "/state" },
        { "a state in capitals", "+ state = \"Shown\"", HttpStatusCode.BadRequest, "/state" },
        { "a state by number", "+ state = \"1\"", HttpStatusCode.BadRequest, "/state" },
        { "a device nobody knows", "+ device = \"toaster\"", HttpStatusCode.BadRequest, "/device" },
        { "a time that is none", "+ answeredAt = \"yesterday\"", HttpStatusCode.BadRequest, "/answeredAt" },
        { "a time without an offset", "+ answeredAt = \"2026-11-22T09:30:00\"", HttpStatusCode.BadRequest, "/answeredAt" },
        { "a day for a time", "+ answeredAt = \"2026-11-22\"", HttpStatusCode.BadRequest, "/answeredAt" },
        { "half emoji for a time", "+ answeredAt = \"\\ud800\\ud800\"", HttpStatusCode.BadRequest, "/answeredAt" },
        { "answers that are no list", "+ answers = {}", HttpStatusCode.BadRequest, "/answers" },
        { "an answer that is no object", "+ answers = [7]", HttpStatusCode.BadRequest, "/answers/0" },
        { "an answer without a question", "+ answers = [{\"score\":6}]", HttpStatusCode.BadRequest, "/answers/0/question" },
        { "a score in quotes", "+ answers = [{\"question\":\"effort\",\"score\":\"6\"}]", HttpStatusCode.BadRequest, "/answers/0/score" },
        { "a context that is a text", "+ context = \"x\"", HttpStatusCode.BadRequest, "/context" },
        { "an unknown member of the context", "+ context = {\"ip\":\"127.0.0.1\"}", HttpStatusCode.BadRequest, "/context/ip" },
        { "a tag that is a number", "+ tags = {\"a/b\":1}", HttpStatusCode.BadRequest, "/tags/a~1b" },
        { "an unknown site", "+ site = \"st_0000000000000000000000\"", HttpStatusCode.NotFound, "/site" },
        { "a site key that cannot be one", "+ site = \"shop\"", HttpStatusCode.NotFound, "/site" },
        { "an unknown survey", "+ survey = \"other\"", HttpStatusCode.UnprocessableEntity, "/survey" },
        { "a version that never was", "+ surveyVersion = 7", HttpStatusCode.UnprocessableEntity, "/surveyVersion" },
        { "an unknown question", "+ answers = [{\"question\":\"mood\",\"score\":6}]", HttpStatusCode.UnprocessableEntity, "/answers/0/question" },
        { "a score above the scale", "+ answers = [{\"question\":\"effort\",\"score\":8}]", HttpStatusCode.UnprocessableEntity, "/answers/0/score" },
        { "a score below the scale", "+ answers = [{\"question\":\"effort\",\"score\":0}]", HttpStatusCode.UnprocessableEntity, "/answers/0/score" },
        { "no score", "+ answers = [{\"question\":\"effort\"}]", HttpStatusCode.UnprocessableEntity, "/answers/0/score" },
        { "a choice for a score", "+ answers = [{\"question\":\"effort\",\"score\":6,\"choice\":\"yes\"}]", HttpStatusCode.UnprocessableEntity, "/answers/0/choice" },
        { "an unknown choice", "+ answers = [{\"question\":\"intent\",\"choice\":\"sleep\"}]", HttpStatusCode.UnprocessableEntity, "/answers/0/choice" },
        { "text beside a choice that takes none", "+ answers = [{\"question\":\"intent\",\"choice\":\"buy\",\"text\":\"x\"}]", HttpStatusCode.UnprocessableEntity, "/answers/0/text" },
        { "a blank comment", "+ answers = [{\"question\":\"reason\",\"text\":\" \"}]", HttpStatusCode.UnprocessableEntity, "/answers/0/text" },
        { "a question twice", "+ answers = [{\"question\":\"effort\",\"score\":6},{\"question\":\"effort\",\"score\":6}]", HttpStatusCode.UnprocessableEntity, "/answers/1/question" },
        { "a long comment", $"+ answers = [{{\"question\":\"reason\",\"text\":\"{new string('x', 5_001)}\"}}]", HttpStatusCode.UnprocessableEntity, "/answers/0/text" },
        { "a comment of 5,001 emoji", $"+ answers = [{{\"question\":\"reason\",\"text\":\"{string.Concat(Enumerable.Repeat("🙂", 5_001))}\"}}]", HttpStatusCode.UnprocessableEntity, "/answers/0/text" },
        { "a page by ftp", "+ page = \"ftp://shop.example/\"", HttpStatusCode.UnprocessableEntity, "/page" },
        { "a script for a page", "+ page = \"javascript:alert(1)\"", HttpStatusCode.UnprocessableEntity, "/page" },
        { "a page without a host", "+ page = \"/contact\"", HttpStatusCode.UnprocessableEntity, "/page" },
        { "a long page", $"+ page = \"https://shop.example/{new string('x', 2_048)}\"", HttpStatusCode.UnprocessableEntity, "/page" },
        { "a language that is none", "+ language = \"n!\"", HttpStatusCode.UnprocessableEntity, "/language" },
        { "a tag's name with a space", "+ tags = {\"a b\":\"c\"}", HttpStatusCode.UnprocessableEntity, "/tags/a b" },
        { "a long tag", $"+ tags = {{\"a\":\"{new string('x', 201)}\"}}", HttpStatusCode.UnprocessableEntity, "/tags/a" },
        { "21 tags", $"+ tags = {{{string.Join(',', Enumerable.Range(0, 21).Select(i => $"\"t{i}\":\"x\""))}}}", HttpStatusCode.UnprocessableEntity, "/tags" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task IsRefusedWithItsFieldAndNothingIsStored(string what, string body, HttpStatusCode status, string field)
    {
        var site = await collector.NewSiteAsync();
        var sent = body.StartsWith("+ ", StringComparison.Ordinal) ? Changed(site.Response(effort: 6), body[2..]) : body;

        var reply = await site.PostAsync(sent);

        Assert.True(status == reply.Status, $"{what}: {reply.Status} {reply.Body}");
        Assert.Equal("application/problem+json", reply.Message.Content.Headers.ContentType?.MediaType);
        Assert.Equal([field], reply.WrongFields);
        Assert.Empty((await site.GetAsync("touchpoints")).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task AllErrorsAreNamedAtOnce()
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 9, intent: "sleep").On("ftp://shop.example/").With("language", "?");

        Assert.Equal(["/answers/0/score", "/answers/1/choice", "/language", "/page"], (await site.PostAsync(response)).WrongFields);

        var malformedToo = await site.PostAsync(response.With("revision", "one").With("colour", "red"));
        Assert.Equal(HttpStatusCode.BadRequest, malformedToo.Status);
        Assert.Equal(["/answers/0/score", "/answers/1/choice", "/colour", "/language", "/page", "/revision"], malformedToo.WrongFields);
    }

    [Fact]
    public async Task ATextHasFiveThousandCharactersAsPeopleCountThem()
    {
        var site = await collector.NewSiteAsync();
        Assert.Equal(HttpStatusCode.Created, (await site.PostAsync(site.Response().Answering("reason", text: string.Concat(Enumerable.Repeat("🙂", 5_000))))).Status);
    }

    [Fact]
    public async Task AHostileBodyGetsAShortAnswer()
    {
        var site = await collector.NewSiteAsync();

        var reply = await site.PostAsync($"{{\"answers\":[{string.Join(',', Enumerable.Repeat("0", 30_000))}]}}");

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.InRange(reply.Body!.ToJsonString().Length, 0, 20_000);
        Assert.Equal(100, reply.WrongFields.Count());
    }

    [Fact]
    public async Task AMemberThatStandsTwiceIsRefused()
    {
        var site = await collector.NewSiteAsync();
        var body = site.Response(effort: 6).Json.ToJsonString();

        var reply = await site.PostAsync($"{body[..^1]},\"revision\":2}}");

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal(["/revision"], reply.WrongFields);
    }

    [Fact]
    public async Task AHostThatTheSiteDoesNotListIsForbidden()
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["allowedOrigins"] = new JsonArray("https://shop.example") });

        Assert.Equal(HttpStatusCode.Created, (await site.PostAsync(site.Response(effort: 6))).Status);
        var reply = await site.PostAsync(site.Response(effort: 6).On("https://shop.example.evil.example/contact"));

        Assert.Equal(HttpStatusCode.Forbidden, reply.Status);
        Assert.Equal(["/page"], reply.WrongFields);
        Assert.Equal(1, (int)(await site.CesAsync())["answers"]!);
    }

    [Theory]
    [InlineData(64 * 1024, HttpStatusCode.BadRequest)]
    [InlineData((64 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(1024 * 1024, HttpStatusCode.RequestEntityTooLarge)]
    public async Task ABodyHasAtMost64Kilobytes(int bytes, HttpStatusCode status)
    {
        var site = await collector.NewSiteAsync();
        Assert.Equal(status, (await site.PostAsync(new string(' ', bytes))).Status);

        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/v1/responses") { Content = new StringContent(new string(' ', bytes)) };
        chunked.Headers.TransferEncodingChunked = true;
        using var response = await collector.Visitor.SendAsync(chunked, TestContext.Current.CancellationToken);
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task ABodyThatTheServerStopsBeforeItIsReadIsTooLargeAsWell()
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IRequestBodyPipeFeature>(new Stopped());

        var stopped = await Assert.ThrowsAsync<BadHttpRequestException>(() => RequestBody.ReadAsync(context.Request, new FieldErrors(), TestContext.Current.CancellationToken).AsTask());

        Assert.Equal(StatusCodes.Status413PayloadTooLarge, stopped.StatusCode);
    }

    [Theory]
    [InlineData("application/json; charset=\"utf-8\"", "identity", HttpStatusCode.Created)]
    [InlineData("text/plain;charset=UTF-8", "", HttpStatusCode.Created)]
    [InlineData("text/plain", "gzip", HttpStatusCode.UnsupportedMediaType)]
    public async Task TypesAreReadAsTheyAreMeant(string contentType, string encoding, HttpStatusCode status)
    {
        var site = await collector.NewSiteAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(site.Response(effort: 6).Json.ToJsonString()));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (encoding.Length > 0)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var response = await collector.Visitor.PostAsync("/v1/responses", content, TestContext.Current.CancellationToken);
        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain; charset=utf-16")]
    [InlineData("")]
    public async Task AnotherTypeIsRefused(string contentType)
    {
        var site = await collector.NewSiteAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(site.Response(effort: 6).Json.ToJsonString()));
        if (contentType.Length > 0)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await collector.Visitor.PostAsync("/v1/responses", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("\\ud83d", "\uFFFD")] // half an emoji
    [InlineData("a\\udc00b\\n\\\"", "a\uFFFDb\n\"")]
    [InlineData("a\\u0000b", "ab")]
    public async Task ATextThatIsBrokenIsMendedRatherThanLost(string escaped, string stored)
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response().Answering("reason", text: "HERE");

        var reply = await site.PostAsync(response.Json.ToJsonString().Replace("HERE", escaped, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Created, reply.Status);
        Assert.Equal(stored, await StoredRows.TextAsync(collector, site.Id, response.Id));
    }

    [Fact]
    public async Task BytesThatAreNotUtf8AreMendedRatherThanLost()
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response().Answering("reason", text: "caf#");
        var bytes = Encoding.UTF8.GetBytes(response.Json.ToJsonString());
        bytes[Array.IndexOf(bytes, (byte)'#')] = 0xE9; // é in Latin-1
        using var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", "text/plain");

        using var reply = await collector.Visitor.PostAsync("/v1/responses", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, reply.StatusCode);
        Assert.Equal("caf\uFFFD", await StoredRows.TextAsync(collector, site.Id, response.Id));
    }

    // "+ revision = 1.5": the response with this member, in raw JSON.
    private static string Changed(SomeResponse response, string change)
    {
        var (member, value) = (change[..change.IndexOf(" = ", StringComparison.Ordinal)], change[(change.IndexOf(" = ", StringComparison.Ordinal) + 3)..]);
        var rest = response.Without(member).Json.ToJsonString();
        return $"{rest[..^1]},\"{member}\":{value}}}";
    }

    // As when more has come in than the server takes, before anything was read.
    private sealed class Stopped : IRequestBodyPipeFeature
    {
        public PipeReader Reader { get; } = PipeReader.Create(new OutOfReach());

        private sealed class OutOfReach : MemoryStream
        {
            public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
                throw new BadHttpRequestException("Request body too large.", StatusCodes.Status413PayloadTooLarge);
        }
    }
}
