namespace Collector.Tests.Architecture;

/// <summary>A type by its name. The namespace of a nested type is that of the outermost type around it.</summary>
internal sealed record NamedType(string Assembly, string Namespace, string Name)
{
    /// <summary>The outermost type around this one: lambdas and async bodies are nested types that nobody wrote.</summary>
    public NamedType Outermost => this with { Name = Name.Split('+')[0] };

    public override string ToString() => (Namespace.Length == 0 ? "" : Namespace + ".") + Name.Replace('+', '.');
}
