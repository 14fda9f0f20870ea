namespace Collector.Tests.Architecture.Broken.Feedback;

[AttributeUsage(AttributeTargets.All)]
internal class TaggedAttribute(params object?[] values) : Attribute
{
    public object?[] Values => values;

    public Type[] Types { get; set; } = [];
}

internal sealed class TaggedAttribute<T> : TaggedAttribute;
