using Collector.Tests.Architecture.Broken.Storage;

namespace Collector.Tests.Architecture.Broken.Feedback;

[Store]
internal sealed class OnType;

internal sealed class OnMembers
{
    [Store]
    public static void Method() => GC.Collect();

    public static void Parameter([Store] int number) => GC.KeepAlive(number);

    [return: Store]
    public static int Result() => 0;
}

internal sealed class OnTypeParameter<[Store] T>;

[Tagged(typeof(Store))]
internal sealed class TypeInAttribute;

[Tagged(typeof(List<Store[]>))]
internal sealed class GenericArgumentInAttribute;

[Tagged(Types = [typeof(int), typeof(Store)])]
internal sealed class ArrayInAttribute;

[Tagged<Store>]
internal sealed class GenericAttribute;

[Tagged(1, null, StoreKind.Server)]
internal sealed class EnumInAttribute;
