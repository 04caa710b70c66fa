using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NatEngine.Lab;

namespace NatEngine.Host.Tests.Processes;

/// <summary>RFC 6888 REQ-12 as the operator sees it: the log, and the question who has a port.</summary>
public sealed class TranslationLogTests
{
    private static readonly string Remote = NatTopology.RemoteAddress.ToString();

    [RootFact]
    public void Says_who_had_what_from_when_to_when()
    {
        using NatTopology net = NatTopology.Create("natlog");
        using Engine engine = new(net);
        using TemporaryDirectory directory = new();
        string path = directory.File("translations.jsonl");
        using TemporaryFile config = ConfigOf(path);
        using RunningProgram running = engine.Run("--config", config.Path);
        net.Inside[0].Host.Run("ping", ["-c", "1", Remote]).EnsureSuccess();
        engine.Ask("sessions", "flush").EnsureSuccess();
        net.Inside[0].Host.Run("ping", ["-c", "1", Remote]).EnsureSuccess();
        Assert.Equal(0, running.Stop(Engine.Patience).ExitCode);

        JsonElement[] lines = [.. File.ReadAllLines(path).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(
            ["log-started", "mapping-created", "mapping-ended", "mapping-created", "log-stopped"],
            lines.Select(line => line.GetProperty("event").GetString()));
        Assert.All(lines, line => Assert.InRange(
            line.GetProperty("time").GetDateTime(), DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow));
        JsonElement made = lines[1];
        Assert.Equal(
            ("default", 1, "100.64.0.10", "203.0.113.1"),
            (Text(made, "pool"), made.GetProperty("protocol").GetInt32(), Text(made, "internalAddress"),
                Text(made, "externalAddress")));
        Assert.Equal(made.GetProperty("externalPort").GetInt32(), lines[2].GetProperty("externalPort").GetInt32());
        Assert.False(made.TryGetProperty("remoteAddress", out _));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & (UnixFileMode)7);
    }

    [RootFact]
    public void Says_who_has_a_port()
    {
        using NatTopology net = NatTopology.Create("who");
        using Engine engine = new(net);
        using RunningProgram running = engine.Run("--publish", "tcp:8080=100.64.0.10:80");
        Assert.Equal(
            "tcp  203.0.113.1:8080  100.64.0.10:80  published service of pool default\n",
            engine.Ask("ports", "who", "203.0.113.1:8080").EnsureSuccess().Output);
        ProgramResult nobody = engine.Ask("ports", "who", "203.0.113.1:8080", "-p", "udp");
        Assert.Equal(
            (1, "natengine: nobody inside has 203.0.113.1:8080"), (nobody.ExitCode, nobody.Error.TrimEnd()));
        ProgramResult noPort = engine.Ask("ports", "who", "203.0.113.1");
        Assert.Equal(2, noPort.ExitCode);
        Assert.Contains("'203.0.113.1': must be ADDRESS:PORT", noPort.Error, StringComparison.Ordinal);
    }

    [RootFact]
    public void Sessions_that_share_a_port_are_told_by_their_remote_ends()
    {
        using NatTopology net = NatTopology.Create("share");
        using Engine engine = new(net);
        using TemporaryFile config = ConfigOf("-");
        using RunningProgram running = engine.RunQuietly("--config", config.Path, "--preset", "symmetric");
        net.Inside[0].Host.Run("ping", ["-c", "1", Remote]).EnsureSuccess();
        string line = running.WaitForLine("session-created", Engine.Patience);
        JsonElement made = JsonDocument.Parse(line).RootElement;
        Assert.Equal(("100.64.0.10", Remote), (Text(made, "internalAddress"), Text(made, "remoteAddress")));
        string external = $"203.0.113.1:{made.GetProperty("externalPort").GetInt32()}";
        string who = engine.Ask("ports", "who", external).EnsureSuccess().Output;
        Assert.StartsWith($"icmp {external}  100.64.0.10:", who, StringComparison.Ordinal);
        Assert.Contains($"session with {Remote}:", who, StringComparison.Ordinal);

        // The gateway's own log is elsewhere.
        ProgramResult stopped = running.Stop(Engine.Patience);
        Assert.All(
            stopped.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            one => Assert.StartsWith("{\"time\":", one, StringComparison.Ordinal));
        Assert.Contains("Ready", stopped.Error, StringComparison.Ordinal);
    }

    [RootFact]
    public void A_place_that_cannot_be_written_is_refused_at_start()
    {
        using NatTopology net = NatTopology.Create("nolog");
        using Engine engine = new(net);
        using TemporaryDirectory directory = new();
        Dictionary<string, string> refused = new()
        {
            [directory.File("missing/translations.jsonl")] = "Could not find a part of the path",
            [directory.File(".")] = "denied",
        };
        foreach ((string path, string why) in refused)
        {
            using TemporaryFile config = ConfigOf(path);
            ProgramResult result = engine.Fail("--config", config.Path);
            Assert.Equal(1, result.ExitCode);
            Assert.Contains($"natengine: log.translations '{path}': ", result.Error, StringComparison.Ordinal);
            Assert.Contains(why, result.Error, StringComparison.Ordinal);
        }

        Assert.Equal(string.Empty, engine.Ruleset());
        using TemporaryFile empty = ConfigOf(string.Empty);
        ProgramResult nowhere = engine.Fail("--config", empty.Path);
        Assert.Equal(2, nowhere.ExitCode);
        Assert.Contains("must name a file, or be - for standard output", nowhere.Error, StringComparison.Ordinal);
    }

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString()!;

    private static TemporaryFile ConfigOf(string path)
        => new($$"""{ "log": { "translations": "{{path}}" } }""");
}
