using System.Reflection;
using Collector.BrowserTests.Browsers;

namespace Collector.BrowserTests.Support;

/// <summary>axe, which finds what WCAG 2.2 AA forbids.</summary>
internal static class Axe
{
    private static readonly string File = typeof(Axe).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Axe").Value!;

    /// <summary>What it finds in a part of the page, each by the name of the rule, what breaks it and how.</summary>
    public static async Task<string[]> FindAsync(Visitor visitor, string part = "collector-survey")
    {
        // The driver brings it along, so that it runs on pages whose policy lets no such script in.
        await visitor.AskAsync<object?>($"window.axe ? null : (() => {{ {await System.IO.File.ReadAllTextAsync(File)}\n return null; }})()");
        await visitor.AskAsync<object?>(
            $$"""
            (window.found = null, axe.run(
              { include: [['{{part}}']] },
              { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
            ).then(
              ({ violations }) => { window.found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => html + failureSummary).join(' ')}`); },
              (error) => { window.found = [`${error}`]; },
            ), null)
            """);
        await visitor.WaitUntilAsync("window.found");
        return await visitor.AskAsync<string[]>("window.found");
    }
}
