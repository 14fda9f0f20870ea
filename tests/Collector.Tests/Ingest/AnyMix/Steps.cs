using FsCheck;
using FsCheck.Fluent;

namespace Collector.Tests.Ingest.AnyMix;

/// <summary>Makes any mix of steps, and from one that fails smaller ones.</summary>
internal static class Steps
{
    private const int Most = 40;

    private static readonly string[] Paths =
        ["/", "/products/red", "/products/42", "/products/42/review", "/orders/2026-11-22", "/search?q=a", "/search?q=a&tab=1", "/search?tab=2&q=b", "/products/red?q=a"];

    private static readonly string[] Patterns = ["/products/*", "/**/review", "/search", "/**", "other.example/**", "shop.example/products/**"];

    private static readonly Gen<string> AnyPattern = Gen.Elements(Patterns);

    private static readonly Gen<string> AnyKeep = Gen.Elements("", "", "q", "q tab", "tab");

    // Few slots and few visits, so that steps meet.
    private static readonly Gen<int> AnySlot = Gen.Choose(0, 5);

    private static readonly Gen<Content> AnyContent =
        from path in Gen.Elements(Paths)
        from visit in Gen.Elements<string?>(null, "1", "2", "3")
        from effort in Gen.Elements<int?>(null, 1, 4, 7)
        from nps in Gen.Elements<int?>(null, null, 0, 9)
        from csat in Gen.Elements<int?>(null, null, 1, 5)
        from intent in Gen.Elements<string?>(null, null, "buy", "help")
        from success in Gen.Elements<string?>(null, "yes", "no")
        from state in Gen.Elements("shown", "dismissed", "partial", "complete")
        from device in Gen.Elements<string?>(null, "mobile")
        from daysAgo in Gen.Choose(0, 4)
        select new Content(path, visit, effort, nps, csat, intent, success, state, device, daysAgo);

    private static readonly Gen<Step> Any = Gen.Frequency(
        (10, from slot in AnySlot from anew in Gen.Elements(true, false) from content in AnyContent select (Step)new Answer(slot, anew, content)),
        (2, from slot in AnySlot select (Step)new Repeat(slot)),
        (1, from slot in AnySlot from content in AnyContent select (Step)new Contradict(slot, content)),
        (2, from slot in AnySlot select (Step)new Erase(slot)),
        (2, from pattern in AnyPattern from keep in AnyKeep from position in Gen.Choose(1, 4) select (Step)new AddRule(pattern, keep, position)),
        (2, from rule in Gen.Choose(0, 5) from pattern in AnyPattern from keep in AnyKeep from position in Gen.Choose(1, 4) select (Step)new ChangeRule(rule, pattern, keep, position)),
        (1, from rule in Gen.Choose(0, 5) select (Step)new RemoveRule(rule)),
        (1, from identifiers in Gen.Elements(true, false) select (Step)new Collapse(identifiers)),
        (2, from count in Gen.Choose(1, 3) select (Step)new Days(count)),
        (1, Gen.Constant<Step>(new Settle())));

    /// <summary>Up to forty steps. One that fails is tried without its first half, its second half, and each single step.</summary>
    public static Arbitrary<Step[]> AnyMix { get; } =
        Arb.From(Gen.Choose(1, Most).SelectMany(count => Gen.ArrayOf(Any, count)), Smaller);

    private static IEnumerable<Step[]> Smaller(Step[] steps)
    {
        if (steps.Length > 2)
        {
            yield return steps[(steps.Length / 2)..];
            yield return steps[..(steps.Length / 2)];
        }

        for (var i = 0; i < steps.Length; i++)
        {
            yield return [.. steps[..i], .. steps[(i + 1)..]];
        }
    }
}
