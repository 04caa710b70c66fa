using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Lab;

namespace NatEngine.Host.Tests.Processes;

/// <summary>What the program does with input it can't use: one clear line, exit code 2, nothing changed.</summary>
public sealed class RefusalTests
{
    [RootFact]
    public void Bad_input_is_told_in_one_line_and_changes_nothing()
    {
        using NatTopology net = NatTopology.Create("refusal");
        using TemporaryFile unknownKey = new("""{ "sessions": { "maximum": 3 } }""");
        using TemporaryFile notJson = new("{\n  \"sessions\": oops\n}");
        using TemporaryFile cone = new("""{ "behavior": { "mapping": "endpoint-independent" } }""");
        net.Gateway.Configure("link add dummy0 type veth peer name dummy1");
        Dictionary<string[], string> cases = new()
        {
            [["--internal", "lan9"]] = "natengine: --internal: internal interface 'lan9': there is no such interface",
            [["--external", "dummy0"]] = "natengine: --external: external interface 'dummy0': is down",
            [["--layout", "rx|tx"]] = "natengine: --layout: layout 'rx|tx': must be rx, lookup",
            [["--external-address", "2001:db8::1"]] = "natengine: --external-address: external address '2001:db8::1'",
            [["--publish", "tcp:99999=100.64.0.10:80"]] = "'tcp:99999=100.64.0.10:80': must be tcp|udp:",
            [["--publish", "tcp:80=192.0.2.1:80"]] = "'tcp:80=192.0.2.1:80': 192.0.2.1 is not internal; internal is",
            [["--ring", "v9"]] = "natengine: --ring: ring version 'v9': must be one of v2, v3",
            [["--transmit", "raw"]] = "natengine: --transmit: way of sending 'raw': must be one of packet, xdp",
            [["--max-sessions", "-1"]] = "natengine: --max-sessions: number of sessions '-1': must be",
            [["--config", unknownKey.Path]] = $"natengine: {unknownKey.Path}: key 'sessions:maximum': no setting has",
            [["--config", notJson.Path]] = $"natengine: {notJson.Path}: not a JSON object: line 2, column 15:",
            [["--preset", "cone"]] = "natengine: --preset: preset 'cone': must be one of default, full-cone, cgn, ",
            [["--preset", "symmetric", "--config", cone.Path]] =
                $"natengine: {cone.Path}, key behavior:mapping: mapping behaviour 'endpoint-independent': with ",
            [["--control", "/" + new string('x', 120)]] = "must be the path of a socket: 1 to 107 octets",
        };
        Assert.All(cases, one => Refused(net, one.Key, one.Value));

        ProgramResult unknownOption = net.Gateway.Run(Engine.Program, ["run", "--frobnicate"]);
        Assert.Equal(2, unknownOption.ExitCode);
        Assert.Contains(
            "natengine: Unrecognized command or argument '--frobnicate'",
            unknownOption.Error,
            StringComparison.Ordinal);
        Assert.Equal(string.Empty, net.Gateway.Run("nft", ["list", "ruleset"]).Output);
    }

    [RootFact]
    public void Rules_that_cannot_be_used_are_told_by_line_and_column_and_change_nothing()
    {
        using NatTopology net = NatTopology.Create("badrules");
        using TemporaryFile rules = new(
            "*nat\n-A POSTROUTING -j SNAT --to-source 198.51.100.9\nCOMMIT\n*filter\n-A FORWARD -j NFQUEUE\nCOMMIT\n");
        ProgramResult result = net.Gateway.Run(
            Engine.Program, ["run", "--internal", "lan0", "--external", "wan0", "--rules", rules.Path]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"{rules.Path}:5:15: NFQUEUE: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(string.Empty, net.Gateway.Run("nft", ["list", "ruleset"]).Output);
    }

    [RootFact]
    public void A_missing_capability_is_named()
    {
        using NatTopology net = NatTopology.Create("capability");
        ProgramResult result = net.Gateway.Run(
            "setpriv",
            ["--bounding-set=-net_raw", Engine.Program, "run", "--internal", "lan0", "--external", "wan0"]);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(
            "natengine: process: capability 'CAP_NET_RAW': is needed for raw sockets",
            result.Error,
            StringComparison.Ordinal);
    }

    [RootFact]
    public void A_second_engine_is_refused_and_the_first_does_not_notice()
    {
        using NatTopology net = NatTopology.Create("second");
        using Engine first = new(net);
        using Engine second = new(net);
        using RunningProgram running = first.Run();

        ProgramResult refused = second.Fail();

        Assert.Equal(1, refused.ExitCode);
        Assert.Equal($"natengine: another natengine (process {running.Id}) runs on lan0", refused.Error.TrimEnd());
        Assert.Matches("(table netdev natengine_|program natengine_guard at )lan0 ", first.Ruleset());
        net.Inside[0].Host.Run("ping", ["-c", "1", NatTopology.RemoteAddress.ToString()]).EnsureSuccess();
    }

    private static void Refused(NatTopology net, string[] options, string expected)
    {
        List<string> arguments = ["run", .. options];
        foreach ((string option, string value) in new[] { ("--internal", "lan0"), ("--external", "wan0") })
        {
            if (!options.Contains(option))
            {
                arguments.AddRange([option, value]);
            }
        }

        ProgramResult result = net.Gateway.Run(Engine.Program, arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, Assert.Single(result.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(string.Empty, result.Output);
    }
}
