namespace Collector.Tests.Architecture.Broken.Storage;

internal class Store
{
    public static int Size { get; set; }

    public static int Count() => Size;
}

internal interface IStore;

internal sealed class StoreException : Exception;

internal sealed class StoreEventArgs : EventArgs;

internal enum StoreKind : byte
{
    File,
    Server,
}

[AttributeUsage(AttributeTargets.All)]
internal sealed class StoreAttribute : Attribute;
