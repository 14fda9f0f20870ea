using Collector.Tests.Architecture.Broken.Storage;

namespace Collector.Tests.Architecture.Broken.Feedback;

internal sealed class StaticCall
{
    public static int Run() => Store.Count();
}

internal sealed class GenericCall
{
    public static int Run() => GC.GetGeneration(Enumerable.Empty<Store>());
}

internal sealed class CreatedObject
{
    public static int Run() => new Store().GetHashCode();
}

internal sealed class Pattern
{
    public static bool Run(object value) => value is Store;
}

internal sealed class TypeInBody
{
    public static string Run() => typeof(Store).Name;
}

internal sealed class AsyncLocal
{
    public static async Task<bool> Run()
    {
        Store? store = null;
        await Task.Yield();
        return store is null;
    }
}

internal sealed class Lambda
{
    public static Func<object, bool> Run() => value => value is Store;
}

internal sealed class AsyncLambda
{
    public static Func<Task<int>> Run(int number) => async () =>
    {
        await Task.Yield();
        return number + Store.Count();
    };
}

internal sealed class LocalFunction
{
    public static int Run(int number)
    {
        return Twice() + 1;

        int Twice() => Store.Count() * number;
    }
}

internal sealed class Iterator
{
    public static IEnumerable<int> Run()
    {
        yield return Store.Count();
    }
}

internal sealed class CatchClause
{
    public static string Run()
    {
        try
        {
            return Path.GetTempPath();
        }
        catch (StoreException)
        {
            return "";
        }
    }
}

internal sealed class CatchFilter
{
    public static string Run()
    {
        try
        {
            return Path.GetTempPath();
        }
        catch (Exception exception) when (exception.InnerException is StoreException)
        {
            return "";
        }
    }
}

// The call stands behind instructions of every odd length: a jump table, a comparison of two bytes, and long constants.
internal sealed class BehindSwitch
{
    public static double Run(int number)
    {
        var big = number == 7 ? 12345678901L : number;
        switch (number)
        {
            case 0: return 1.5;
            case 1: return 2.5f;
            case 2: return big;
            case 3: return -3;
            case 4: return number > 3 == big > 4 ? 5 : 6;
            default: return Store.Count();
        }
    }
}
