namespace Collector.Tests.Architecture.Broken.Web;

internal sealed class SeesStorage : Storage.IStore;
