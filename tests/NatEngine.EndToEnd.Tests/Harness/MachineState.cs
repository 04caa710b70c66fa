using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>What a program could have changed on the gateway, as text to compare.</summary>
internal static class MachineState
{
    /// <summary>The gateway's rules, interfaces, addresses, routes and settings.</summary>
    public static string Of(LabHost host) => host.Run(
        "sh",
        ["-c", "nft list ruleset; ip -details address; ip route show table all; ip rule; sysctl -a 2>/dev/null | grep "
            + "-E '^net.ipv4.(ip_forward|conf)'"]).EnsureSuccess().Output;

    /// <summary>The gateway's nft tables, one a line.</summary>
    public static string Tables(LabHost host) => host.Run("nft", ["list", "tables"]).EnsureSuccess().Output;
}
