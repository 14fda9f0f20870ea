using System.Text;
using System.Text.Json.Nodes;

namespace Collector.Tests.Ingest.Hostile;

/// <summary>
/// A valid body to which random things were done. Its number tells it wholly: what it starts from, and the steps, each with a seed of
/// its own, so that a step can be left out and the others stay.
/// </summary>
internal sealed class HostileMutant
{
    private static readonly byte[][] Naughty =
    [
        .. HostileStrings.All.Select(text => HostileBody.Quoted(text)), .. HostileStrings.All.Select(text => HostileBody.Quoted(text, escaped: true)),
        .. HostileJson.Times.Select(text => HostileBody.Quoted(text)), .. HostileJson.NoUtf8.Select(bytes => HostileJson.Latin($"\"{bytes}\"")),
    ];

    private readonly JsonObject start;

    /// <summary>Mutant number so and so of a site; its id and its visit are at times those of others.</summary>
    public HostileMutant(string siteKey, int number)
    {
        var random = new Random(number);
        start = HostileBody.Valid(siteKey);
        start["id"] = random.Next(3) == 0 ? $"00000000-0000-7000-8000-0000000000{random.Next(90) + 10}" : $"00000000-0000-7000-9000-{number:d12}";
        start["visit"] = $"00000000-0000-4000-8000-0000000000{random.Next(90) + 10}";
        start["revision"] = random.Next(4);
        start["page"] = $"https://shop.example/{(char)('a' + random.Next(8))}";
        start["state"] = ((string[])["shown", "dismissed", "partial", "complete"])[random.Next(4)];
        start["answeredAt"] = $"2026-11-{random.Next(14, 25)}T09:00:00Z";
        start["answers"]![0]!["score"] = random.Next(1, 8);
        Steps = [.. Enumerable.Range(0, random.Next(5)).Select(_ => random.Next())];
    }

    public IReadOnlyList<int> Steps { get; }

    /// <summary>The body after these steps.</summary>
    public byte[] Body(IEnumerable<int> steps)
    {
        var (tree, seeds) = (Node.Of(start), steps.ToList());
        foreach (var random in seeds.Where(seed => seed % 4 != 0).Select(seed => new Random(seed)))
        {
            ChangeTree(Any(random, [.. tree.Parents()]), random);
        }

        var bytes = new List<byte>();
        tree.Write(bytes);
        foreach (var random in seeds.Where(seed => seed % 4 == 0).Select(seed => new Random(seed)))
        {
            ChangeBytes(bytes, random);
        }

        return [.. bytes];
    }

    private static void ChangeTree(Node parent, Random random)
    {
        var items = parent.Items!;
        if (items.Count == 0)
        {
            items.Add(("\"a\""u8.ToArray(), Node.Leaf(Any(random, Naughty))));
            return;
        }

        var at = random.Next(items.Count);
        var (name, value) = items[at];
        switch (random.Next(10))
        {
            case 0: items.RemoveAt(at); break; // dropped
            case 1: items.Insert(random.Next(items.Count + 1), (name, value)); break; // given twice
            case 2: items.Insert(random.Next(items.Count + 1), (name, Node.Leaf(Any(random, Naughty)))); break; // given twice, differently
            case 3 or 4: items[at] = (name, Node.Leaf(Encoding.UTF8.GetBytes(Any(random, HostileJson.Values)))); break; // of another type
            case 5 or 6: items[at] = (name, Node.Leaf(Any(random, Naughty))); break;
            case 7: items[at] = (Any(random, items).Name, value); break; // under another's name
            case 8: items[at] = (Any(random, Naughty), value); break;
            default: items[at] = (name, new Node(random.Next(2) == 0, [(name, value)], [])); break; // one level deeper
        }
    }

    private static void ChangeBytes(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        var length = Math.Min(random.Next(1, 12), bytes.Count - at);
        switch (random.Next(7))
        {
            case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes[at] = (byte)random.Next(256); break;
            case 2: bytes[at] = Any(random, "\"\\{}[]:,/*-+.eE0 \t\r\n\0u"u8.ToArray()); break;
            case 3: bytes.RemoveRange(at, length); break;
            case 4: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 5: bytes.InsertRange(at, Any(random, Naughty)); break;
            default: bytes.RemoveRange(at, bytes.Count - at); break;
        }

        if (bytes.Count == 0)
        {
            bytes.Add((byte)random.Next(256));
        }
    }

    private static T Any<T>(Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    /// <summary>JSON in which, unlike in JSON, names may stand twice and be wrong. Either an object or a list with items, or raw bytes.</summary>
    private sealed record Node(bool IsObject, List<(byte[] Name, Node Value)>? Items, byte[] Raw)
    {
        public static Node Leaf(byte[] raw) => new(IsObject: false, null, raw);

        public static Node Of(JsonNode? json) => json switch
        {
            JsonObject members => new Node(IsObject: true, [.. members.Select(member => (HostileBody.Quoted(member.Key), Of(member.Value)))], []),
            JsonArray items => new Node(IsObject: false, [.. items.Select(item => ("\"item\""u8.ToArray(), Of(item)))], []),
            _ => Leaf(Encoding.UTF8.GetBytes(json?.ToJsonString() ?? "null")),
        };

        public IEnumerable<Node> Parents() => Items is null ? [] : Items.SelectMany(item => item.Value.Parents()).Prepend(this);

        public void Write(List<byte> bytes)
        {
            bytes.AddRange(Items is null ? Raw : IsObject ? "{"u8 : "["u8);
            for (var i = 0; i < (Items?.Count ?? 0); i++)
            {
                bytes.AddRange(i > 0 ? ","u8 : ""u8);
                bytes.AddRange(IsObject ? [.. Items![i].Name, (byte)':'] : []);
                Items![i].Value.Write(bytes);
            }

            bytes.AddRange(Items is null ? ""u8 : IsObject ? "}"u8 : "]"u8);
        }
    }
}
