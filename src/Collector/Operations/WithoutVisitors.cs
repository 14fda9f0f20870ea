using System.Diagnostics;
using OpenTelemetry;

namespace Collector.Operations;

/// <summary>Takes out of a trace what would tell of a visitor: addresses, browsers, and queries, which hold pages and receipts.</summary>
internal sealed class WithoutVisitors : BaseProcessor<Activity>
{
    private static readonly string[] Personal =
        ["client.address", "client.port", "network.peer.address", "network.peer.port", "user_agent.original", "url.query", "url.full", "http.request.header.referer"];

    public override void OnEnd(Activity data)
    {
        foreach (var name in Personal)
        {
            data.SetTag(name, null);
        }

        // The path has receipts in it, and keys of sites; the route says as much.
        if (data.GetTagItem("http.route") is { } route)
        {
            data.SetTag("url.path", route);
        }
    }
}
