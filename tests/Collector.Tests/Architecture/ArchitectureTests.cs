using Collector.Storage;

namespace Collector.Tests.Architecture;

public sealed class ArchitectureTests
{
    private static readonly AssemblyContents Product = AssemblyContents.Read(typeof(Database).Assembly.Location);

    [Fact]
    public void NoTypeSeesWhatItMustNotSee()
    {
        string[] broken = [.. new Rules("Collector").BrokenBy(Product)];
        Assert.True(broken is [], string.Join('\n', broken)); // Other assertions cut long messages off.
    }

    [Fact]
    public void EveryTypeIsRead()
    {
        Assert.Contains(Product.Types, type => type.ToString() == typeof(Database).FullName);
        Assert.All(Product.Types.Where(type => type.Namespace == typeof(Database).Namespace), type =>
            Assert.Contains(Product.Sightings, sighting => sighting.From == type));
    }
}
