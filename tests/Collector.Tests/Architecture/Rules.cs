namespace Collector.Tests.Architecture;

/// <summary>Holds an assembly against the plan of the house. The house's name is the root of its namespaces.</summary>
internal sealed class Rules(string root)
{
    private const int PlacesShown = 3;

    private readonly Dictionary<string, Room> rooms = House.Rooms.ToDictionary(room => room.Name);

    /// <summary>One line for each type in the wrong place, and for each pair of types of which one must not see the other.</summary>
    public IEnumerable<string> BrokenBy(AssemblyContents assembly) =>
    [
        .. assembly.Types.Where(IsHomeless).Select(type => $"No rule says where {type} stands."),
        .. assembly.Sightings
            .Where(sighting => IsForbidden(sighting.From, sighting.To))
            .GroupBy(sighting => (sighting.From, sighting.To), sighting => sighting.Where)
            .Select(pair => $"{RoomName(pair.Key.From)} must not see {Whereabouts(pair.Key.To)}: "
                + $"{pair.Key.From} sees {pair.Key.To} ({string.Join(", ", pair.Distinct().Take(PlacesShown))})."),
    ];

    private bool IsHomeless(NamedType type) => RoomName(type) is { } name
        ? !rooms.ContainsKey(name)
        : type is not { Namespace: "", Name: House.Entrance } && !IsGenerated(type);

    private bool IsForbidden(NamedType from, NamedType to)
    {
        // Types without a room see everything, or are homeless and told of already.
        if (RoomName(from) is not { } name || !rooms.TryGetValue(name, out var room))
        {
            return false;
        }

        return RoomName(to) is { } other
            ? other != name && !room.Sees.Contains(other)
            : to is { Namespace: "", Name: House.Entrance } || (!IsUnnamed(to) && !room.MaySee(to));
    }

    private string? RoomName(NamedType type) =>
        type.Namespace.StartsWith(root + ".", StringComparison.Ordinal) ? type.Namespace[(root.Length + 1)..].Split('.')[0] : null;

    private string Whereabouts(NamedType type) => RoomName(type) ?? (type.Namespace.Length == 0 ? type.Name : type.Assembly);

    private static bool IsGenerated(NamedType type) => IsUnnamed(type) || House.Generated.Contains(type.Namespace);

    // Anonymous types, constant data and the like.
    private static bool IsUnnamed(NamedType type) => type.Namespace.Length == 0 && type.Name.StartsWith('<');
}
