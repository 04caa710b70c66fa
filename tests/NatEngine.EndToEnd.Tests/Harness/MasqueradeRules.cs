namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>The kernel's NAT, set up to do what natengine is asked to do in these tests.</summary>
internal static class MasqueradeRules
{
    /// <summary>Masquerade, one published service with hairpinning that shows the external source, strangers
    /// out.</summary>
    public const string Text =
        """
        table ip nat {
            chain prerouting {
                type nat hook prerouting priority dstnat
                ip daddr 203.0.113.1 tcp dport 8080 dnat to 100.64.0.10:80
            }
            chain postrouting {
                type nat hook postrouting priority srcnat
                oifname wan0 masquerade
                ip saddr 100.64.0.0/16 oifname lan0 ct status dnat snat to 203.0.113.1
            }
        }
        table ip filter {
            chain forward {
                type filter hook forward priority filter; policy drop
                ct state established,related accept
                ct status dnat accept
                iifname lan0 accept
            }
        }
        """;
}
