using System;
using System.Linq;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>What a program could have changed on the gateway, as text to compare.</summary>
internal static class MachineState
{
    /// <summary>The gateway's rules, interfaces, addresses, routes and settings.</summary>
    public static string Of(LabHost host) => Guards(host) + host.Run(
        "sh",
        ["-c", "nft list ruleset; ip -details address; ip route show table all; ip rule; sysctl -a 2>/dev/null | grep "
            + "-E '^net.ipv4.(ip_forward|conf)'"]).EnsureSuccess().Output;

    /// <summary>The gateway's nft tables and the guard's programs, one a line.</summary>
    public static string Guards(LabHost host)
        => host.Run("nft", ["list", "tables"]).EnsureSuccess().Output + string.Concat(
            host.Run(NatEngineProcess.Executable, ["guard", "show"]).Output.Split('\n')
                .Where(line => line.StartsWith("program ", StringComparison.Ordinal))
                .Select(line => line[..line.IndexOf(" {", StringComparison.Ordinal)] + '\n'));
}
