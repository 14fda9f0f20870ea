using System.CommandLine;
using System.CommandLine.Help;

namespace Collector.Operations;

/// <summary>What an operator types: <c>collector [verb] [settings]</c>. Without a verb it serves.</summary>
/// <param name="Verb">What is to be done.</param>
/// <param name="Settings">The rest, which are settings such as <c>--urls</c>.</param>
/// <param name="ExitCode">The code to end with, where the line was about help or was wrong; null to go on.</param>
public sealed record Verbs(string Verb, string[] Settings, int? ExitCode)
{
    private const string Serve = "serve", Replace = "--replace";

    /// <summary>The first of the words that follow the verb, such as a file; null where there is none.</summary>
    public string? Argument { get; private init; }

    /// <summary>Whether what is in the way may be replaced.</summary>
    public bool Replaces { get; private init; }

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
        var settings = typed.Skip(1).Where(word => word != argument && word != Replace);
        return new Verbs(command is RootCommand ? Serve : command.Name, [.. settings], null) { Argument = argument, Replaces = typed.Contains(Replace) };
    }

    private static RootCommand Root() => new(
        """
        Collector tells where a website costs its visitors effort, and why.

        Settings are environment variables (Collector__Database) or follow a verb (--Collector:Database "Data Source=collector.db"). --urls says where to listen.
        """)
    {
        Settable(new Command(Serve, "Serve: take answers, give figures, show the dashboard. This is what happens without a verb.")),
        Settable(new Command("demo", "Serve, with a sample shop beside it.")),
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
        Settable(new Command("keys", "Make, list and revoke keys of a site: collector keys list|make|revoke.")
        {
            Among(new Argument<string>("what") { Description = "list, make or revoke." }, "list", "make", "revoke"),
            new Option<string>("--site") { Description = "The site's id.", Required = true },
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

    private static Argument<string> Among(Argument<string> argument, params string[] values)
    {
        argument.AcceptOnlyFromAmong(values);
        return argument;
    }
}
