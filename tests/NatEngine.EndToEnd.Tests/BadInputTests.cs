using System;
using System.Collections.Generic;
using System.IO;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests;

/// <summary>What cannot be done is refused in one line that says what, where and why, before anything is
/// changed.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly NatTopology? _topology = Root.WhyNot is null ? NatTopology.Create("bad") : null;
    private readonly string _configPath = Path.GetTempFileName();

    public void Dispose()
    {
        _topology?.Dispose();
        File.Delete(_configPath);
    }

    [RootTheory]
    [InlineData("--internal nosuch0 --external wan0", "--internal", "nosuch0")]
    [InlineData("--internal lan0 --external nosuch0", "--external", "nosuch0")]
    [InlineData("--internal lan0", "external")]
    [InlineData("--internal lan0 --external wan0 --layout rx+tx", "--layout", "rx+tx", "lookup")]
    [InlineData("--internal lan0 --external wan0 --layout rx|lookup|rewrite|tx|checksum", "--layout", "checksum")]
    [InlineData("--internal lan0 --external wan0 --ring v4", "--ring", "v4", "v3")]
    [InlineData("--internal lan0 --external wan0 --max-sessions 0", "--max-sessions", "'0'")]
    [InlineData("--internal lan0 --external wan0 --max-sessions many", "--max-sessions", "many")]
    [InlineData("--internal lan0 --external wan0 --external-address 2001:db8::1", "--external-address", "2001:db8::1")]
    [InlineData("--internal lan0 --external wan0 --external-address 203.0.113.300", "203.0.113.300")]
    [InlineData("--internal lan0 --external wan0 --external-gateway wan0", "--external-gateway", "'wan0'")]
    [InlineData("--internal lan0 --external wan0 --publish tcp:70000=100.64.0.10:80", "--publish", "70000", "65535")]
    [InlineData("--internal lan0 --external wan0 --publish tcp:8080=100.64.0.10:0", "--publish", "100.64.0.10:0")]
    [InlineData("--internal lan0 --external wan0 --publish tcp:80=198.51.100.9:80", "--publish", "198.51.100.9:80")]
    [InlineData("--internal lan0 --external wan0 --publish sctp:8080=100.64.0.10:80", "--publish", "sctp")]
    [InlineData("--internal lan0 --external wan0 --config /no/such.json", "/no/such.json")]
    public void Refuses(string commandLine, params string[] expected)
        => AssertRefused(commandLine.Split(' '), expected);

    [RootFact]
    public void Refuses_an_interface_that_is_down()
    {
        _topology!.Gateway.SetUp("wan0", false);

        AssertRefused(["--internal", "lan0", "--external", "wan0"], "--external", "wan0", "down");
    }

    [RootFact]
    public void Refuses_a_configuration_file_with_an_unknown_key()
    {
        File.WriteAllText(
            _configPath, """{ "internal": { "interface": "lan0" }, "pipeline": { "layuot": "rx+tx" } }""");

        AssertRefused(["--external", "wan0", "--config", _configPath], _configPath, "layuot");
    }

    [RootFact]
    public void Refuses_a_configuration_file_that_is_no_json()
    {
        File.WriteAllText(_configPath, "internal = lan0\n");

        AssertRefused(["--external", "wan0", "--config", _configPath], _configPath);
    }

    [RootTheory]
    [InlineData("net_raw")]
    [InlineData("net_admin")]
    public void Refuses_to_start_without_a_capability(string capability)
    {
        string[] options = ["--internal", "lan0", "--external", "wan0"];
        AssertRefusedAs(
            "setpriv",
            [$"--bounding-set=-{capability}", $"--inh-caps=-{capability}", NatEngineProcess.Executable],
            options,
            $"CAP_{capability.ToUpperInvariant()}");
    }

    private void AssertRefused(IReadOnlyList<string> options, params string[] expected)
        => AssertRefusedAs(NatEngineProcess.Executable, [], options, expected);

    private void AssertRefusedAs(
        string program, IReadOnlyList<string> prefix, IReadOnlyList<string> options, params string[] expected)
    {
        string controlPath = NatEngineProcess.NewControlPath();
        string before = MachineState.Of(_topology!.Gateway);

        ProgramResult result = _topology.Gateway.Run(
            program, [.. prefix, "run", .. options, "--control", controlPath]);

        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Empty(result.Output);
        string line = Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("natengine: ", line, StringComparison.Ordinal);
        Assert.All(expected, part => Assert.Contains(part, line, StringComparison.Ordinal));
        Assert.Equal(before, MachineState.Of(_topology.Gateway));
        Assert.False(File.Exists(controlPath));
    }
}
