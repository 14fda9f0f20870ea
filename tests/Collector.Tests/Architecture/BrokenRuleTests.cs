namespace Collector.Tests.Architecture;

/// <summary>The types in Broken/ break the rules, each in its own way. Here stands that none of them gets away with it.</summary>
public sealed class BrokenRuleTests
{
    private const string Root = "Collector.Tests.Architecture.Broken";

    private static readonly string[] Found =
        [.. new Rules(Root).BrokenBy(AssemblyContents.Read(typeof(BrokenRuleTests).Assembly.Location).Below(Root))];

    public static TheoryData<string, string, string> Ways => new()
    {
        { "BaseType", "Store", "base type, body of .ctor" },
        { "Interface", "IStore", "interface" },
        { "Constraint`1", "Store", "type parameter" },
        { "Field", "Store", "field Shop, body of .ctor" },
        { "Property", "Store", "property Shop, signature of get_Shop" },
        { "Event", "StoreEventArgs", "event Opened, signature of add_Opened, signature of remove_Opened" },
        { "ReturnType", "Store", "signature of Open" },
        { "Parameter", "Store", "signature of Open" },
        { "ByReference", "Store", "signature of Open" },
        { "ArrayOf", "Store", "signature of Open" },
        { "GenericArgument", "Store", "signature of Open" },
        { "Delegate", "Store", "signature of Invoke, signature of BeginInvoke" },
        { "NestedType", "IStore", "interface Inner" },
        { "OnType", "StoreAttribute", "attribute" },
        { "OnMembers", "StoreAttribute", "attribute of Method, attribute in Parameter, attribute in Result" },
        { "OnTypeParameter`1", "StoreAttribute", "type parameter" },
        { "TypeInAttribute", "Store", "attribute" },
        { "GenericArgumentInAttribute", "Store", "attribute" },
        { "ArrayInAttribute", "Store", "attribute" },
        { "GenericAttribute", "Store", "attribute" },
        { "EnumInAttribute", "StoreKind", "attribute" },
        { "StaticCall", "Store", "body of Run" },
        { "GenericCall", "Store", "body of Run" },
        { "CreatedObject", "Store", "body of Run" },
        { "Pattern", "Store", "body of Run" },
        { "TypeInBody", "Store", "body of Run" },
        { "AsyncLocal", "Store", "body of Run" },
        { "Lambda", "Store", "body of Run" },
        { "AsyncLambda", "Store", "body of Run" },
        { "LocalFunction", "Store", "body of Run" },
        { "Iterator", "Store", "body of Run" },
        { "CatchClause", "StoreException", "body of Run" },
        { "CatchFilter", "StoreException", "body of Run" },
        { "BehindSwitch", "Store", "body of Run" },
        { "Deeper.Inside", "Store", "body of Run" },
    };

    public static TheoryData<string, string, string> Libraries => new()
    {
        { "Feedback.SeesDapper", "Dapper", "Dapper.SqlMapper (body of Run)" },
        { "Feedback.SeesSystemData", "System.Data.Common", "System.Data.Common.DbConnection (signature of Connection)" },
        { "Feedback.SeesFramework", "Microsoft.AspNetCore.Http.Abstractions", "Microsoft.AspNetCore.Http.HttpContext (body of Run)" },
        { "Feedback.SeesMathNet", "MathNet.Numerics", "MathNet.Numerics.SpecialFunctions (body of Run)" },
        { "Insights.SeesPostgres", "Npgsql", "Npgsql.NpgsqlConnection (signature of Run)" },
        { "Insights.SeesPostgresTypes", "Npgsql", "NpgsqlTypes.NpgsqlDbType (body of Run)" },
        { "Insights.SeesSqlite", "Microsoft.Data.Sqlite", "Microsoft.Data.Sqlite.SqliteException (body of Run)" },
        { "Insights.SeesSqliteCore", "SQLitePCLRaw.core", "SQLitePCL.sqlite3 (body of Run)" },
        { "Ingest.SeesProgram", "Program", "Program (signature of Run)" },
    };

    public static TheoryData<string, string> Rooms => new()
    {
        { "Statistics.SeesFeedback", "Feedback.TaggedAttribute (base type, body of .ctor)" },
        { "Storage.SeesStatistics", "Statistics.SeesMathNet (signature of Run)" },
        { "Web.SeesStorage", "Storage.IStore (interface)" },
        { "Surveys.SeesSites", "Sites.SeesSurveys (signature of Run)" },
        { "Sites.SeesIngest", "Ingest.SeesSites (signature of Run)" },
        { "Ingest.SeesInsights", "Insights.SeesStorage (signature of Run)" },
        { "Ingest.SeesDashboard", "Dashboard.SeesInsights (signature of Run)" },
    };

    public static TheoryData<string> Homeless => ["Homeless", "Cellar.Unplanned"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void ForbiddenTypeIsSeenInEveryWay(string type, string sees, string where) => Assert.Equal(
        [$"Feedback must not see Storage: {Root}.Feedback.{type} sees {Root}.Storage.{sees} ({where})."], FoundIn($"Feedback.{type}"));

    [Theory]
    [MemberData(nameof(Libraries))]
    public void ForbiddenLibraryIsSeen(string type, string library, string where) =>
        Assert.Equal([$"{type.Split('.')[0]} must not see {library}: {Root}.{type} sees {where}."], FoundIn(type));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void ForbiddenRoomIsSeen(string type, string where) =>
        Assert.Equal([$"{type.Split('.')[0]} must not see {where.Split('.')[0]}: {Root}.{type} sees {Root}.{where}."], FoundIn(type));

    [Theory]
    [MemberData(nameof(Homeless))]
    public void TypeThatNoRuleSpeaksOfIsFound(string type) => Assert.Contains($"No rule says where {Root}.{type} stands.", Found);

    [Fact]
    public void NothingElseIsFound() => Assert.Equal(Ways.Count + Libraries.Count + Rooms.Count + Homeless.Count, Found.Length);

    private static IEnumerable<string> FoundIn(string type) =>
        Found.Where(line => line.Contains($" {Root}.{type} sees ", StringComparison.Ordinal));
}
