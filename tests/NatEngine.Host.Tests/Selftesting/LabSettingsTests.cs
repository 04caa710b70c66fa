using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using NatEngine.Conformance;
using NatEngine.Host.Selftesting;
using NatEngine.Host.Settings;

namespace NatEngine.Host.Tests.Selftesting;

public sealed class LabSettingsTests
{
    private const string File = """
        {
          "internal": {
            "interface": "br0",
            "prefixes": ["10.0.0.0/8"],
            "untranslatedDestinations": ["192.0.2.0/25 tcp 443"]
          },
          "external": {
            "interface": "ppp0",
            "addresses": ["192.0.2.200-192.0.2.201", "192.0.2.210"],
            "gateway": "192.0.2.254"
          },
          "publish": ["tcp:8080=10.0.0.5:80"],
          "behavior": { "preset": "cgn", "preserveRangeClass": false },
          "subscribers": { "maxPorts": 1000 },
          "timers": { "udp": 400 },
          "pipeline": { "layout": "rx+lookup|rewrite+checksum+tx" }
        }
        """;

    [Fact]
    public void Interfaces_and_addresses_become_the_labs()
    {
        using JsonDocument json = InLab(Arrangement.AsConfigured);

        Assert.Equal("lan0", Value(json, "internal", "interface"));
        Assert.Equal("wan0", Value(json, "external", "interface"));
        Assert.False(json.RootElement.GetProperty("internal").TryGetProperty("prefixes", out _));
        Assert.False(json.RootElement.GetProperty("external").TryGetProperty("gateway", out _));
        Assert.Equal(LabAddresses.UntranslatedPrefix, Value(json, "internal", "untranslatedDestinations", "0"));
        Assert.Equal("203.0.113.100", Value(json, "external", "addresses", "0"));
        Assert.Equal("203.0.113.102", Value(json, "external", "addresses", "2"));
        Assert.Equal($"tcp:8080={LabAddresses.PublishedHost}:80", Value(json, "publish", "0"));
        Assert.Equal("/run/x.sock", Value(json, "control", "path"));
    }

    [Fact]
    public void All_else_stays_as_it_is()
    {
        using JsonDocument json = InLab(Arrangement.AsConfigured);

        Assert.Equal("cgn", Value(json, "behavior", "preset"));
        Assert.Equal("400", Value(json, "timers", "udp"));
        Assert.Equal("rx+lookup|rewrite+checksum+tx", Value(json, "pipeline", "layout"));
        Assert.False(json.RootElement.TryGetProperty("subscribers", out _));
    }

    [Fact]
    public void The_command_line_wins_over_the_file()
    {
        using JsonDocument json = InLab(Arrangement.AsConfigured, ("behavior:preset", "full-cone"));

        Assert.Equal("full-cone", Value(json, "behavior", "preset"));
    }

    [Fact]
    public void Short_timers_are_the_ones_that_the_probes_expect()
    {
        using JsonDocument json = InLab(Arrangement.ShortTimers);

        Assert.Equal($"{ShortenedTimers.Udp}", Value(json, "timers", "udp"));
        Assert.Equal($"{ShortenedTimers.TcpEstablished}", Value(json, "timers", "tcpEstablished"));
        Assert.False(json.RootElement.GetProperty("timers").TryGetProperty("byPort", out _));
    }

    [Fact]
    public void Few_ports_are_on_one_address_and_limits_are_small()
    {
        using JsonDocument json = InLab(Arrangement.FewPorts);

        Assert.Equal("20032-20063", Value(json, "external", "ports"));
        Assert.False(json.RootElement.GetProperty("external").GetProperty("addresses").TryGetProperty("1", out _));
        Assert.Equal($"{ScarceResources.SubscriberPorts}", Value(json, "subscribers", "maxPorts"));
        Assert.Equal($"{ScarceResources.Quarantine}", Value(json, "behavior", "quarantine"));
    }

    [Fact]
    public void Few_ports_are_so_many_in_each_lane()
    {
        using JsonDocument json = InLab(Arrangement.FewPorts, ("pipeline:lanes", "3"));

        Assert.Equal("20032-20175", Value(json, "external", "ports"));
        JsonElement excluded = json.RootElement.GetProperty("external").GetProperty("excludedPorts");
        Assert.Equal(
            ["20048-20095", "20112-20159"], excluded.EnumerateObject().Select(gap => gap.Value.GetString()));
    }

    [Theory] // each of them is a file that natengine run takes
    [InlineData(Arrangement.AsConfigured)]
    [InlineData(Arrangement.ShortTimers)]
    [InlineData(Arrangement.FewPorts)]
    public void What_comes_out_is_read_without_a_fault(Arrangement arrangement)
    {
        using JsonDocument json = InLab(arrangement);
        using TemporaryFile file = new(json.RootElement.GetRawText());
        List<SettingFault> faults = [];

        SettingsLoader.Load(new Dictionary<string, IReadOnlyList<string>>(), file.Path, faults);

        Assert.Empty(faults);
    }

    [Fact]
    public void A_fault_is_reported_with_its_place()
    {
        using TemporaryFile file = new("""{ "timers": { "udp": "soon" } }""");
        List<SettingFault> faults = [];

        LabSettings.Load(new Dictionary<string, IReadOnlyList<string>>(), file.Path, faults, out _);

        Assert.Contains("timers:udp", Assert.Single(faults).ToString(), System.StringComparison.Ordinal);
    }

    [Fact] // they name interfaces and addresses, and refuse what is to be tried
    public void Rules_are_left_out()
    {
        using TemporaryFile file = new(
            """{ "rules": { "file": "/etc/natengine/rules.v4" }, "timers": { "udp": 400 } }""");
        List<SettingFault> faults = [];

        GatewaySettings settings = LabSettings.Load(
            new Dictionary<string, IReadOnlyList<string>>(), file.Path, faults, out LabSettings inLab);

        Assert.Empty(faults);
        Assert.Equal("/etc/natengine/rules.v4", settings.RulesPath);
        string json = inLab.ToJson(Arrangement.AsConfigured, "/run/x.sock");
        Assert.DoesNotContain("rules", json, System.StringComparison.Ordinal);
        Assert.Contains("400", json, System.StringComparison.Ordinal);
    }

    private static JsonDocument InLab(Arrangement arrangement, params (string Path, string Value)[] commandLine)
    {
        using TemporaryFile file = new(File);
        List<SettingFault> faults = [];
        Dictionary<string, IReadOnlyList<string>> given = [];
        foreach ((string path, string value) in commandLine)
        {
            given[path] = [value];
        }

        LabSettings.Load(given, file.Path, faults, out LabSettings inLab);
        Assert.Empty(faults);
        return JsonDocument.Parse(inLab.ToJson(arrangement, "/run/x.sock"));
    }

    private static string? Value(JsonDocument json, params string[] names)
    {
        JsonElement element = json.RootElement;
        foreach (string name in names)
        {
            element = element.GetProperty(name);
        }

        return element.GetString();
    }
}
