using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Collector.Storage;

namespace Collector.Tests.Architecture;

public sealed class AssemblyContentsTests
{
    // The compiler lists each type of another assembly that it refers to, once. If one of them is nowhere seen, a place was not looked at.
    [Theory]
    [InlineData(typeof(Database))]
    [InlineData(typeof(AssemblyContentsTests))]
    public void EveryTypeThatTheCompilerListsIsSeen(Type inside)
    {
        using var file = new PEReader(File.OpenRead(inside.Assembly.Location));
        var metadata = file.GetMetadataReader();
        var names = new TypeNames(metadata);
        var attributes = new AttributeTypes(metadata, names);
        var seen = AssemblyContents.Read(inside.Assembly.Location).Sightings.Select(sighting => sighting.To)
            .Concat(attributes.Of(metadata.GetAssemblyDefinition().GetCustomAttributes()))
            .Concat(attributes.Of(metadata.GetModuleDefinition().GetCustomAttributes()));
        Assert.Equal([], metadata.TypeReferences.Select(names.Of).Except(seen));
    }
}
