using System.Reflection;
using Collector.BrowserTests.Browsers;

namespace Collector.BrowserTests.Support;

/// <summary>axe, which finds what WCAG 2.2 AA forbids; pages bring it along as a script of their own.</summary>
internal static class Axe
{
    private static readonly string File = typeof(Axe).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Axe").Value!;

    /// <summary>Its script.</summary>
    public static Task<string> ScriptAsync() => System.IO.File.ReadAllTextAsync(File);

    /// <summary>What it finds in the widget, by the name of the rule; what it cannot tell counts, too.</summary>
    public static async Task<string[]> FindAsync(Visitor visitor)
    {
        await visitor.AskAsync<object?>(
            """
            (window.found = null, axe.run(
              { include: [['collector-survey']] },
              { resultTypes: ['violations', 'incomplete'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
            ).then(
              ({ violations, incomplete }) => { window.found = [...violations, ...incomplete].map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => html + failureSummary).join(' ')}`); },
              (error) => { window.found = [`${error}`]; },
            ), null)
            """);
        await visitor.WaitUntilAsync("window.found");
        return await visitor.AskAsync<string[]>("window.found");
    }
}
