using NatEngine.Lab;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>Keeps the kernel of one end from answering what is meant for the tester: it would reset every connection
/// that it does not know, and spend its time on it. The tester's own socket comes before.</summary>
internal static class EndGuard
{
    private const string Table = "natload_tester";

    /// <summary>Installs the guard.</summary>
    /// <param name="host">The host.</param>
    /// <param name="interfaceName">The tester's interface there.</param>
    /// <param name="addresses">What is the tester's alone, as nft writes an address, prefix, range or set.</param>
    public static void Install(LabHost host, string interfaceName, string addresses) => host.ApplyNft($$"""
        table netdev {{Table}}
        delete table netdev {{Table}}
        table netdev {{Table}} {
            chain arrivals {
                type filter hook ingress device "{{interfaceName}}" priority 0; policy accept;
                ip daddr {{addresses}} drop
            }
        }
        """);

    /// <summary>Takes it away.</summary>
    public static void Remove(LabHost host) => host.Run("nft", ["delete", "table", "netdev", Table]);
}
