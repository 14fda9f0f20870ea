using Collector.Tests.Architecture.Broken.Storage;

namespace Collector.Tests.Architecture.Broken.Feedback;

// Each of these sees Storage, in one way only.
internal sealed class BaseType : Store;

internal sealed class Interface : IStore;

internal sealed class Constraint<T>
    where T : Store;

internal sealed class Field(object shop)
{
    public readonly Store Shop = (Store)shop;
}

internal sealed class Property
{
    public static Store? Shop => null;
}

internal sealed class Event
{
    public event EventHandler<StoreEventArgs> Opened
    {
        add => throw new NotSupportedException();
        remove => throw new NotSupportedException();
    }
}

internal sealed class ReturnType
{
    public static Store? Open() => null;
}

internal sealed class Parameter
{
    public static bool Open(Store? store) => store is null;
}

internal sealed class ByReference
{
    public static void Open(ref Store? store) => store = null;
}

internal sealed class ArrayOf
{
    public static int Open(Store[,] stores) => stores.Length;
}

internal sealed class GenericArgument
{
    public static Dictionary<string, List<Store>>? Open() => null;
}

internal delegate void Delegate(Store store);

internal sealed class NestedType
{
    internal sealed class Inner : IStore;
}
