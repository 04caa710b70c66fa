using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;

namespace NatEngine.LoadTest.Clients.Servers;

/// <summary>The process that all servers live in: it stands in the remote host's namespace, where its sockets therefore
/// are.</summary>
internal static class ServerProgram
{
    /// <summary>What it says when every server listens.</summary>
    public const string ReadyLine = "natload serves";

    /// <summary>What the line begins with that says, at the end, who came.</summary>
    public const string TallyPrefix = "natload-peers ";

    /// <summary>Serves until cancelled, then says who came.</summary>
    public static void Run(ServerPlaces servers, TextWriter output, CancellationToken cancellation)
    {
        PeerTally peers = new();
        using (WebService.Start(ServerPlaces.WebPort, peers))
        using (UdpService.Start(servers, ServerPlaces.DnsPort, new NameService(servers).Answer, peers))
        using (UdpService.Start(servers, ServerPlaces.GamePort, GameService.Answer, peers))
        {
            output.WriteLine(ReadyLine);
            output.Flush();
            cancellation.WaitHandle.WaitOne();
        }

        ServerVisits visits = new(peers.Requests, [.. peers.Addresses.Select(address => address.ToString())]);
        output.WriteLine(TallyPrefix + JsonSerializer.Serialize(visits));
        output.Flush();
    }
}
