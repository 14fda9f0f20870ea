namespace Collector.Tests.Architecture;

/// <summary>What may see what. A room that is not listed here may not exist, so that a new one gets a rule on its first day.</summary>
internal static class House
{
    private static readonly string[] Drivers = ["Npgsql", "Microsoft.Data.Sqlite", "SQLitePCL"];
    private static readonly string[] NotPure = [.. Drivers, "System.Data", "Microsoft"];
    private static readonly string[] Shared = ["Feedback", "Statistics", "Storage", "Web"];
    private static readonly string[] UsedBySlices = [.. Shared, "Sites", "Surveys"];
    private static readonly string[] Slices = ["Ingest", "Insights", "Operations", "Webhooks"];

    public static Room[] Rooms =>
    [
        new("Statistics") { Sees = [], Only = ["System", "MathNet.Numerics"], Never = NotPure },
        new("Feedback") { Sees = ["Statistics"], Only = ["System"], Never = NotPure },
        new("Storage") { Sees = ["Feedback"] },
        new("Web") { Sees = ["Feedback"], Never = Drivers },
        new("Surveys") { Sees = Shared, Never = Drivers },
        new("Sites") { Sees = [.. Shared, "Surveys"], Never = Drivers },
        .. Slices.Select(slice => new Room(slice) { Sees = UsedBySlices, Never = Drivers }),

        // What goes out is read as figures and responses are, and what comes in is checked and stored as visitors' is: a second way would soon be another one.
        new("Transfer") { Sees = [.. UsedBySlices, "Ingest", "Insights"], Never = Drivers },
        new("Dashboard") { Sees = [.. UsedBySlices, .. Slices, "Transfer"], Never = Drivers },
    ];

    /// <summary>The one type outside every room: it sees everything, and nobody sees it.</summary>
    public const string Entrance = "Program";

    /// <summary>Namespaces that only the compiler and its generators write in.</summary>
    public static string[] Generated =>
    [
        "Microsoft.AspNetCore.Http.Generated",
        "Microsoft.AspNetCore.OpenApi.Generated",
        "Microsoft.CodeAnalysis",
        "Microsoft.Extensions.Validation.Embedded",
        "System.Runtime.CompilerServices",
        "System.Text.RegularExpressions.Generated",
    ];
}
