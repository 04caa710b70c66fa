using NatEngine.Host.Guarding;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Tests.Guarding;

public sealed class GuardRulesetTests
{
    internal static readonly GuardPlan Owned = new(
        "eth1",
        "eth0",
        [IPv4Address.Parse("203.0.113.2"), IPv4Address.Parse("100.64.0.1")],
        [IPv4Address.Parse("203.0.113.2")],
        null,
        [],
        []);

    internal static readonly GuardPlan Shared = new(
        "lan+0",
        "eth0",
        [IPv4Address.Parse("100.64.0.1"), IPv4Address.Parse("203.0.113.1")],
        [IPv4Address.Parse("203.0.113.1")],
        IPv4Address.Parse("203.0.113.1"),
        [new PortRange(80, 80), new PortRange(1024, 32767), new PortRange(61000, 65535)],
        [new PortRange(1024, 32767)]);

    [Fact]
    public void Owned_addresses_need_no_rule_of_their_own_they_are_not_the_hosts()
        => Assert.Equal(
            """
            table netdev natengine_eth1
            delete table netdev natengine_eth1
            table netdev natengine_eth1 {
                comment "natengine: drops what the engine handles"
                chain ingress {
                    type filter hook ingress device "eth1" priority 0; policy accept;
                    meta pkttype != host accept
                    ether type { 8021q, 8021ad } accept
                    ip daddr != { 100.64.0.1, 203.0.113.2 } counter drop
                }
            }
            table netdev natengine_eth0
            delete table netdev natengine_eth0
            table netdev natengine_eth0 {
                comment "natengine: drops what the engine handles"
                chain ingress {
                    type filter hook ingress device "eth0" priority 0; policy accept;
                    meta pkttype != host accept
                    ether type { 8021q, 8021ad } accept
                    ip daddr != { 203.0.113.2 } counter drop
                }
            }

            """,
            GuardRuleset.Install(Owned));

    [Fact]
    public void Of_a_shared_address_the_engines_ports_are_kept_from_the_kernel()
        => Assert.Equal(
            """
            table netdev natengine_lan/2b0
            delete table netdev natengine_lan/2b0
            table netdev natengine_lan/2b0 {
                comment "natengine: drops what the engine handles"
                chain ingress {
                    type filter hook ingress device "lan+0" priority 0; policy accept;
                    meta pkttype != host accept
                    ether type { 8021q, 8021ad } accept
                    ip daddr != { 100.64.0.1, 203.0.113.1 } counter drop
                    ip daddr 203.0.113.1 tcp dport { 80, 1024-32767, 61000-65535 } counter drop
                    ip daddr 203.0.113.1 udp dport { 1024-32767 } counter drop
                }
            }
            table netdev natengine_eth0
            delete table netdev natengine_eth0
            table netdev natengine_eth0 {
                comment "natengine: drops what the engine handles"
                chain ingress {
                    type filter hook ingress device "eth0" priority 0; policy accept;
                    meta pkttype != host accept
                    ether type { 8021q, 8021ad } accept
                    ip daddr != { 203.0.113.1 } counter drop
                    ip daddr 203.0.113.1 tcp dport { 80, 1024-32767, 61000-65535 } counter drop
                    ip daddr 203.0.113.1 udp dport { 1024-32767 } counter drop
                }
            }

            """,
            GuardRuleset.Install(Shared));

    [Fact] // otherwise it tells the other end of each tunnel that there is no such protocol (ICMP 3/2)
    public void Of_a_shared_address_the_protocols_that_are_translated_are_kept_from_the_kernel()
    {
        const string Rule = "ip daddr 203.0.113.1 ip protocol != { 1, 6, 17, 33, 51, 136 } counter drop";
        Assert.DoesNotContain(Rule, GuardRuleset.Install(Shared), System.StringComparison.Ordinal);
        Assert.Equal(
            2, GuardRuleset.Install(Shared with { OtherProtocols = true }).Split(Rule).Length - 1);
    }

    [Fact] // an external interface without an address, the engine's own addresses only
    public void Where_the_host_has_no_address_every_packet_is_the_engines()
        => Assert.Contains(
            "meta protocol ip counter drop",
            GuardRuleset.Install(Owned with { ExternalHostAddresses = [] }),
            System.StringComparison.Ordinal);

    [Fact]
    public void Removing_makes_what_it_deletes_so_that_nothing_to_delete_is_no_error()
        => Assert.Equal(
            """
            table netdev natengine_eth1
            delete table netdev natengine_eth1
            table netdev natengine_eth0
            delete table netdev natengine_eth0

            """,
            GuardRuleset.Remove(["eth1", "eth0"]));
}
