using System.Collections.Generic;
using System.Globalization;
using System.IO;
using NatEngine.Lab;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Testbeds;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Systems;

/// <summary>The kernel's NAT: forwarding with one nftables rule, masquerade.</summary>
/// <param name="label">What the results call it.</param>
/// <param name="flags">Flags of the rule's <c>masquerade</c>.</param>
internal sealed class NetfilterSystem(string label, IReadOnlyList<string> flags) : ISystemUnderTest, IEndsSessions
{
    /// <summary>How the command line calls it.</summary>
    public const string SystemName = "netfilter";

    private const string Slabs = "/proc/slabinfo";

    private LabHost? _gateway;

    /// <inheritdoc/>
    public string Name => label;

    /// <inheritdoc/>
    public bool Translates => true;

    /// <inheritdoc/>
    public Testbed Build(CorePlacement cores, ReceivePlace receive)
        => Testbed.WithGateway(cores, ReceivePlace.System);

    /// <inheritdoc/>
    public void SetUp(Testbed testbed)
    {
        _gateway = testbed.Gateway;
        _gateway.ApplyNft(Rules());
        _gateway.SetForwarding(true);
    }

    /// <inheritdoc/>
    public void ResetState() => _gateway?.Run("conntrack", ["--flush"]).EnsureSuccess();

    /// <inheritdoc/>
    public int EndSessionsOf(IPv4Prefix hosts)
        => ConntrackTrailer.Deleted(_gateway!.Run("conntrack", ["-D", "-s", $"{hosts}"]));

    /// <inheritdoc/>
    public void EnsureAlive()
    {
        // It is the kernel.
    }

    /// <inheritdoc/>
    public SystemReading Read()
    {
        if (_gateway is null)
        {
            return SystemReading.Nothing;
        }

        // Under these paths a thread sees its own namespace's values, not its process's.
        string count = _gateway.Enter(() => File.ReadAllText("/proc/sys/net/netfilter/nf_conntrack_count"));
        string statistics = _gateway.Enter(() => File.ReadAllText("/proc/thread-self/net/stat/nf_conntrack"));
        return new SystemReading
        {
            Sessions = long.Parse(count, CultureInfo.InvariantCulture),
            Drops = ConntrackStatistics.Drops(statistics),
            ResidentOctets = File.Exists(Slabs) ? ConntrackStatistics.Octets(File.ReadAllText(Slabs)) : null,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The testbed takes everything with it.
    }

    private string Rules() => $$"""
        table ip natload {
            chain postrouting {
                type nat hook postrouting priority srcnat; policy accept;
                oifname "{{NatTopology.ExternalInterface}}" masquerade {{string.Join(',', flags)}}
            }
        }
        """;
}
