using Collector.Tests.Architecture.Broken.Storage;

namespace Collector.Tests.Architecture.Broken.Feedback.Deeper;

internal sealed class Inside
{
    public static int Run() => Store.Count();
}
