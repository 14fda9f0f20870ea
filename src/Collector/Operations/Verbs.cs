using System.CommandLine;
using System.CommandLine.Help;

namespace Collector.Operations;

/// <summary>What an operator types: <c>collector [verb] [settings]</c>. Without a verb it serves.</summary>
/// <param name="Verb">What is to be done.</param>
/// <param name="Settings">The rest, which are settings such as <c>--urls</c>.</param>
/// <param name="ExitCode">The code to end with, where the line was about help or was wrong; null to go on.</param>
public sealed record Verbs(string Verb, string[] Settings, int? ExitCode)
{
    private const string Serve = "serve", Replace = "--replace", DryRun = "--dry-run";

    /// <summary>The first of the words that follow the verb, such as a file; null where there is none.</summary>
    public string? Argument { get; private init; }

    /// <summary>Whether what is in the way may be replaced.</summary>
    public bool Replaces { get; private init; }

    /// <summary>Whether it is only to be told what would be done.</summary>
    public bool IsDry { get; private init; }

    /// <summary>Reads what was typed, and answers by itself what is asked about it.</summary>
    public static Verbs Read(string[] typed)
    {
        ArgumentNullException.ThrowIfNull(typed);

        // As services are started. The parser is not even loaded for that.
        if (typed.Length == 0 || (typed[0].StartsWith("--", StringComparison.Ordinal) && typed[0] is not ("--help" or "--version")))
        {
            return new Verbs(Serve, typed, null);
        }

        var result = Root().Parse(typed);
        var asksForHelp = result.Action is HelpAction || result.Action?.GetType().Name == "VersionOptionAction";
        if (result.Errors.Count > 0 || asksForHelp)
        {
            return new Verbs("", [], result.Errors.Count > 0 ? Math.Max(2, result.Invoke()) : result.Invoke());
        }

        var command = result.CommandResult.Command;
        var argument = command.Arguments.Count == 0 ? null : result.GetValue((Argument<string>)command.Arguments[0]);
        var settings = typed.Skip(1).Where(word => word != argument && word is not (Replace or DryRun));
        return new Verbs(command is RootCommand ? Serve : command.Name, [.. settings], null) { Argument = argument, Replaces = typed.Contains(Replace), IsDry = typed.Contains(DryRun) };
    }

    private static RootCommand Root() => new(
        """
        Collector tells where a website costs its visitors effort, and why.

        Settings are environment variables (Collector__Database) or follow a verb (--Collector:Database "Data Source=collector.db"). --urls says where to listen.
        """)
    {
        Settable(new Command(Serve, "Serve: take answers, give figures, show the dashboard. This is what happens without a verb.")),
        Settable(new Command("demo", "Serve, with a sample shop beside it.")),
        Settable(new Command("health", "Ask the collector that listens at --urls whether it is ready. Ends with 0 when it is, and with 1 when it is not.")),
        Settable(new Command("check", "Count all responses anew and report every figure's cell that differs. Beside a running collector, if you like.")),
        Settable(new Command("backup", "Copy all that is stored to a file, beside a running collector.") { new Argument<string>("file") { Description = "Where the copy goes; nothing may be there yet." } }),
        Settable(new Command("restore", "Look at a copy and put it in the place of the database. Stop the collector first.")
        {
            new Argument<string>("file") { Description = "The copy." },
            new Option<bool>(Replace) { Description = "What is in its place is kept beside it, as .before-restore." },
        }),
        Settable(new Command("move", "Copy all that is stored to another database, and compare. Stop the collectors first.")
        {
            new Option<string>("--to") { Description = "Where: \"Host=…\" (PostgreSQL) or \"Data Source=…\" (SQLite).", Required = true },
        }),
        Settable(new Command("export", "Write the responses of a site to a file, as CSV or NDJSON. Beside a running collector, if you like.")
        {
            new Argument<string>("file") { Description = "Where they go: *.csv, *.ndjson, or - for standard output. Nothing may be there yet." },
            Site(),
            new Option<string>("--from") { Description = "The first day, as 2026-11-22; by default 27 days before the last." },
            new Option<string>("--to") { Description = "The last day; by default today." },
            new Option<string>("--survey") { Description = "One survey alone." },
            Among(new Option<string>("--format") { Description = "csv or ndjson, where the file's name does not say it." }, "csv", "ndjson"),
            Among(new Option<string>("--separator") { Description = "Of CSV: comma, or semicolon for Excel where decimals have a comma." }, "comma", "semicolon"),
            Among(new Option<string>("--bom") { Description = "Of CSV: true, so that Excel knows that it is UTF-8." }, "true", "false"),
        }),
        Settable(new Command("import", "Bring in responses of a site from CSV or NDJSON. What is there already is not doubled.")
        {
            new Argument<string>("file") { Description = "The file: CSV if its name ends in .csv, NDJSON otherwise." },
            Site(),
            new Option<bool>(DryRun) { Description = "Store nothing, and tell what would be." },
            Among(new Option<string>("--map") { Description = "Of CSV: whose export it is." }, "delighted", "hotjar", "qualtrics", "formbricks", "feedback"),
            new Option<string>("--survey") { Description = "The survey that was answered, where the records do not name one." },
            new Option<string>("--page") { Description = "The page's URL, where the records do not name one." },
            new Option<string>("--scale") { Description = "Of CSV: the scale of the scores, such as 1-5; 5-1 where the low end is easy." },
            Among(new Option<string>("--dates") { Description = "Of CSV: the order of day, month and year." }, "ymd", "dmy", "mdy"),
            new Option<string>("--column.FIELD") { Description = "Of CSV: the column of a field, as in --column.answeredAt Submitted." },
        }),
        Settable(new Command("keys", "Make, list and revoke keys of a site: collector keys list|make|revoke.")
        {
            Among(new Argument<string>("what") { Description = "list, make or revoke." }, "list", "make", "revoke"),
            Site(),
            new Option<string>("--name") { Description = "To make: what it is for." },
            new Option<string>("--scopes") { Description = "To make: read,responses,manage,admin; by default read." },
            new Option<string>("--key") { Description = "To revoke: the key's id, as list shows it." },
        }),
    };

    // What the parser does not know is a setting.
    private static Command Settable(Command command)
    {
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(_ => 0);
        return command;
    }

    private static Option<string> Site() => new("--site") { Description = "The site's id.", Required = true };

    private static Option<string> Among(Option<string> option, params string[] values)
    {
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static Argument<string> Among(Argument<string> argument, params string[] values)
    {
        argument.AcceptOnlyFromAmong(values);
        return argument;
    }
}
