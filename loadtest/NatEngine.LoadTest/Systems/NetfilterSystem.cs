using System.Globalization;
using System.IO;
using NatEngine.Lab;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Systems;

/// <summary>The kernel's NAT: forwarding with one nftables rule, masquerade.</summary>
internal sealed class NetfilterSystem : ISystemUnderTest
{
    /// <summary>How the command line calls it.</summary>
    public const string SystemName = "netfilter";

    private const string Rules = $$"""
        table ip natload {
            chain postrouting {
                type nat hook postrouting priority srcnat; policy accept;
                oifname "{{NatTopology.ExternalInterface}}" masquerade
            }
        }
        """;

    private LabHost? _gateway;

    /// <inheritdoc/>
    public string Name => SystemName;

    /// <inheritdoc/>
    public bool NeedsGateway => true;

    /// <inheritdoc/>
    public bool InUserSpace => false;

    /// <inheritdoc/>
    public bool Translates => true;

    /// <inheritdoc/>
    public void SetUp(Testbed testbed)
    {
        _gateway = testbed.Gateway;
        _gateway.ApplyNft(Rules);
        _gateway.SetForwarding(true);
    }

    /// <inheritdoc/>
    public void ResetState() => _gateway?.Run("conntrack", ["--flush"]).EnsureSuccess();

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
            return default;
        }

        // Under these paths a thread sees its own namespace's values, not its process's.
        string count = _gateway.Enter(() => File.ReadAllText("/proc/sys/net/netfilter/nf_conntrack_count"));
        string statistics = _gateway.Enter(() => File.ReadAllText("/proc/thread-self/net/stat/nf_conntrack"));
        return new SystemReading(
            long.Parse(count, CultureInfo.InvariantCulture), ConntrackStatistics.Drops(statistics), null, null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The testbed takes everything with it.
    }
}
