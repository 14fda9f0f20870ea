using System.Text.Json;
using Collector.Tests.Support;
using Collector.Tests.Support.Contract;

namespace Collector.Tests.Web.Contract;

/// <summary>That answers are held to the document: made-up answers that break it are found.</summary>
public sealed class ContractTests(RunningCollector collector)
{
    private const string Document =
        """
        { "paths": {
            "/v1/things/{id}": { "get": { "operationId": "GetThing", "responses": {
              "200": { "headers": { "ETag": { "required": true } }, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } } },
              "304": { } } } },
            "/v1/things/{id}/parts": { "get": { "operationId": "ListParts", "responses": { } } },
            "/v1/things/all/parts": { "get": { "operationId": "ListAllParts", "responses": { } } } },
          "components": { "schemas": {
            "Thing": { "type": "object", "required": ["name"], "additionalProperties": false, "properties": {
              "name": { "type": "string", "maxLength": 5 },
              "size": { "type": ["null", "integer"], "minimum": 1, "format": "int32" },
              "made": { "type": "string", "format": "date" },
              "state": { "oneOf": [ { "type": "null" }, { "enum": ["new", "old"], "type": "string" } ] },
              "parts": { "type": "array", "items": { "$ref": "#/components/schemas/Thing" } },
              "marks": { "type": "object", "additionalProperties": { "type": "string" } } } } } } }
        """;

    private static readonly ApiContract Contract = new(Document);

    [Theory]
    [InlineData("""{ "name": "a" }""", null)]
    [InlineData("""{ "name": "a", "size": null, "made": "2026-11-22", "state": null, "parts": [ { "name": "b", "state": "old" } ], "marks": { "x": "y" } }""", null)]
    [InlineData("""{ }""", "/name is left out")]
    [InlineData("""{ "name": null }""", "/name is null")]
    [InlineData("""{ "name": "abcdef" }""", "/name is \"abcdef\", against maxLength")]
    [InlineData("""{ "name": "a", "other": 1 }""", "/other is not declared")]
    [InlineData("""{ "name": "a", "size": 0 }""", "/size is 0, against minimum")]
    [InlineData("""{ "name": "a", "size": 1.5 }""", "/size is 1.5, not")]
    [InlineData("""{ "name": "a", "size": 3000000000 }""", "/size is 3000000000, no int32")]
    [InlineData("""{ "name": "a", "made": "22-11-2026" }""", "/made is 22-11-2026, no date")]
    [InlineData("""{ "name": "a", "state": "lost" }""", "/state is \"lost\", against oneOf")]
    [InlineData("""{ "name": "a", "parts": [ { "name": "b" }, { "size": 2 } ] }""", "/parts/1/name is left out")]
    [InlineData("""{ "name": "a", "marks": { "x": 1 } }""", "/marks/x is 1, not")]
    public void ABodyIsHeldToItsSchema(string body, string? violation)
    {
        var found = Contract.Violations(Contract.Find("GET", "/v1/things/7")!, 200, "application/json; charset=utf-8", _ => true, JsonSerializer.SerializeToUtf8Bytes(JsonDocument.Parse(body)));

        if (violation is null)
        {
            Assert.Empty(found);
        }
        else
        {
            Assert.StartsWith($"answers 200: {violation}", Assert.Single(found), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(200, "application/json", true, true, null)]
    [InlineData(304, null, true, false, null)]
    [InlineData(500, "application/problem+json", true, true, "answers 500, which is not declared")]
    [InlineData(200, "text/plain", true, true, "answers 200 as text/plain, which is not declared")]
    [InlineData(200, "application/json", false, true, "answers 200 without ETag")]
    [InlineData(304, "application/json", true, true, "answers 304 with a body, of which none is declared")]
    public void StatusContentTypeAndHeadersAreHeldToTheDocument(int status, string? contentType, bool hasHeaders, bool hasBody, string? violation)
    {
        var found = Contract.Violations(Contract.Find("GET", "/v1/things/7")!, status, contentType, _ => hasHeaders, hasBody ? """{ "name": "a" }"""u8.ToArray() : ReadOnlyMemory<byte>.Empty);

        Assert.Equal(violation is null ? [] : [violation], found);
    }

    [Fact]
    public void AnOperationIsFoundByThePathThatSaysMost()
    {
        Assert.Equal("ListParts", Contract.Find("GET", "/v1/things/7/parts")?.Id);
        Assert.Equal("ListAllParts", Contract.Find("GET", "/v1/things/all/parts")?.Id);
        Assert.Null(Contract.Find("POST", "/v1/things/7/parts"));
        Assert.Null(Contract.Find("GET", "/v1/things//parts"));
    }

    [Fact]
    public void AKeywordThatIsNotLookedAtIsAnError()
    {
        var schema = JsonDocument.Parse("""{ "type": "string", "pattern": "^a" }""").RootElement;

        Assert.Throws<NotSupportedException>(() => Contract.Schemas.Violations(JsonDocument.Parse("\"b\"").RootElement, schema).Any());
    }

    [Fact]
    public async Task WhatTheTestsAreAnsweredIsHeldToIt()
    {
        var before = ContractWatch.Held;

        await collector.NewSiteAsync();

        Assert.True(ContractWatch.Held >= before + 2);
    }
}
