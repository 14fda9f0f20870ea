using Collector.Tests.Support.Contract;

namespace Collector.Tests.Web.Contract;

public sealed class BreakingChangesTests
{
    private static readonly string Project = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../.."));

    private const string Released =
        """
        { "paths": { "/v1/things": {
            "get": { "operationId": "ListThings",
              "parameters": [ { "name": "sort", "schema": { "type": "string", "enum": ["a", "b"] } }, { "name": "limit", "schema": { "type": "integer", "maximum": 500 } } ],
              "responses": { "200": { "headers": { "ETag": { } }, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } } } } },
            "post": { "operationId": "CreateThing",
              "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/NewThing" } } } },
              "responses": { "201": { }, "409": { } } } } },
          "components": { "schemas": {
            "Thing": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" }, "size": { "type": ["null", "number"] }, "state": { "type": "string", "enum": ["new", "old"] } } },
            "NewThing": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string", "maxLength": 100 }, "size": { "type": ["null", "number"] } } } } } }
        """;

    /// <summary>
    /// What breaks callers of the last release stands in the changelog, under Unreleased, in these words. At a release its document is kept in <c>Web/Contract/released</c>, by the version.
    /// </summary>
    [Fact]
    public async Task WhatBreaksCallersOfTheLastReleaseIsInTheChangelog()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var last = Directory.GetFiles(Path.Combine(Project, "Web/Contract/released"), "*.json").MaxBy(file => Version.Parse(Path.GetFileNameWithoutExtension(file)))!;
        var changelog = await File.ReadAllTextAsync(Path.Combine(Project, "../../CHANGELOG.md"), cancellation);
        var unreleased = changelog.Split("\n## ")[1];

        var breaking = BreakingChanges.Between(await File.ReadAllTextAsync(last, cancellation), await File.ReadAllTextAsync(ApiContract.KeptPath, cancellation));

        Assert.All(breaking, change => Assert.Contains(change, unreleased, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"post\": {", "\"put\": {", "POST /v1/things is gone")]
    [InlineData("\"ListThings\"", "\"GetThings\"", "GET /v1/things is no longer called ListThings")]
    [InlineData(", \"409\": { }", "", "POST /v1/things no longer answers 409")]
    [InlineData("\"headers\": { \"ETag\": { } }, ", "", "GET /v1/things answers 200 without ETag")]
    [InlineData("\"name\": \"sort\"", "\"name\": \"order\"", "GET /v1/things no longer takes sort")]
    [InlineData("\"name\": \"limit\",", "\"name\": \"limit\", \"required\": true,", "GET /v1/things now needs limit")]
    [InlineData("\"enum\": [\"a\", \"b\"]", "\"enum\": [\"a\"]", "GET /v1/things sort may no longer be \"b\"")]
    [InlineData("\"maximum\": 500", "\"maximum\": 100", "GET /v1/things limit has a maximum of 100")]
    [InlineData("\"size\": { \"type\": [\"null\", \"number\"] }, \"state\"", "\"state\"", "GET /v1/things 200/size is gone")]
    [InlineData("\"required\": [\"name\"], \"properties\": { \"name\": { \"type\": \"string\" }", "\"properties\": { \"name\": { \"type\": \"string\" }", "GET /v1/things 200/name may now be left out")]
    [InlineData("{ \"type\": \"string\" }, \"size\"", "{ \"type\": [\"null\", \"string\"] }, \"size\"", "GET /v1/things 200/name may now be null")]
    [InlineData("{ \"type\": \"string\" }, \"size\"", "{ \"type\": \"integer\" }, \"size\"", "GET /v1/things 200/name is integer, no longer string")]
    [InlineData("\"enum\": [\"new\", \"old\"]", "\"enum\": [\"new\", \"old\", \"lost\"]", "GET /v1/things 200/state may now be \"lost\"")]
    [InlineData("\"required\": [\"name\"], \"properties\": { \"name\": { \"type\": \"string\", \"maxLength\"", "\"required\": [\"name\", \"size\"], \"properties\": { \"name\": { \"type\": \"string\", \"maxLength\"", "POST /v1/things/size is now needed")]
    [InlineData("\"maxLength\": 100", "\"maxLength\": 50", "POST /v1/things/name has a maxLength of 50")]
    [InlineData("{ \"type\": [\"null\", \"number\"] } } } } } }", "{ \"type\": \"number\" } } } } } }", "POST /v1/things/size may no longer be null")]
    [InlineData("{ \"type\": [\"null\", \"number\"] } } } } } }", "{ \"type\": [\"null\", \"integer\"] } } } } } }", "POST /v1/things/size is integer, no longer number")]
    public void WhatBreaksCallersIsFound(string old, string changed, string breaking)
    {
        Assert.Contains(old, Released, StringComparison.Ordinal);

        Assert.Equal([breaking], BreakingChanges.Between(Released, Released.Replace(old, changed, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("\"maximum\": 500", "\"maximum\": 1000")]
    [InlineData("\"enum\": [\"a\", \"b\"]", "\"enum\": [\"a\", \"b\", \"c\"]")]
    [InlineData("\"enum\": [\"new\", \"old\"]", "\"enum\": [\"new\"]")]
    [InlineData("\"required\": [\"name\"], \"properties\": { \"name\": { \"type\": \"string\" }", "\"required\": [\"name\", \"size\"], \"properties\": { \"name\": { \"type\": \"string\" }")]
    [InlineData("\"required\": [\"name\"], \"properties\": { \"name\": { \"type\": \"string\", \"maxLength\"", "\"properties\": { \"name\": { \"type\": \"string\", \"maxLength\"")]
    [InlineData("\"409\": { }", "\"409\": { }, \"422\": { }")]
    [InlineData("\"size\": { \"type\": [\"null\", \"number\"] }, \"state\"", "\"size\": { \"type\": \"integer\" }, \"more\": { \"type\": \"string\" }, \"state\"")]
    [InlineData("[ { \"name\": \"sort\"", "[ { \"name\": \"search\", \"schema\": { \"type\": \"string\" } }, { \"name\": \"sort\"")]
    public void WhatAddsOrLoosensBreaksNobody(string old, string changed)
    {
        Assert.Contains(old, Released, StringComparison.Ordinal);

        Assert.Empty(BreakingChanges.Between(Released, Released.Replace(old, changed, StringComparison.Ordinal)));
    }
}
