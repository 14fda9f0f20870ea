using System.Text.RegularExpressions;

namespace Collector.Tests.Architecture;

/// <summary>Where in a type something was seen, in the words of whoever wrote it.</summary>
internal static partial class Place
{
    public static string Of(NamedType type, string kind, string member)
    {
        var nested = type.Name.Split('+')[1..];
        if (Array.Exists(nested, name => name.Contains('<', StringComparison.Ordinal)))
        {
            // The compiler moves what is inside async bodies, iterators and lambdas to types of its own.
            var written = Written().Match(string.Join('.', [.. nested, member]));
            return written.Success ? $"body of {written.Groups["name"]}" : "a lambda";
        }

        var name = Written().Match(member) is { Success: true } generated ? generated.Groups["name"].Value : member;
        return $"{kind} {string.Join('.', [.. nested, name])}".TrimEnd(' ', '.');
    }

    [GeneratedRegex(@"<(?<name>\w+)>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Written();
}
