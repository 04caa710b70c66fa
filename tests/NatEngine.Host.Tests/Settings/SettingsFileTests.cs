using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NatEngine.Host.Settings;

namespace NatEngine.Host.Tests.Settings;

public sealed class SettingsFileTests
{
    [Theory]
    [InlineData("""{ "natpool": 1 }""", "key 'natpool': no setting has this name; natengine.sample.json lists them")]
    [InlineData("""{ "sessions": { "maximum": 1 } }""", "key 'sessions:maximum': no setting has this name")]
    [InlineData("""{ "layout": "x" }""", "(is pipeline:layout meant?)")]
    [InlineData("""{ "sessions": { "max": [5] } }""", "key 'sessions:max:0': this setting takes one value, not a list")]
    [InlineData("""{ "pools": ["office"] }""", "key 'pools:0': no setting has this name")]
    [InlineData("""{ "pools": "office" }""", "key 'pools': no setting has this name")]
    [InlineData("""{ "pools": { "a": { "name": "b" } } }""", "key 'pools:a:name': no setting has this name")]
    [InlineData("""{ "pools": [{ "presets": "cgn" }] }""", "key 'pools:0:presets': no setting has this")]
    [InlineData("""{ "pools": [{ "ports": ["1-2"] }] }""", "key 'pools:0:ports:0': this setting takes one value")]
    [InlineData("""{ "publish": { "web": "tcp:1=100.64.0.1:1" } }""", "key 'publish:web': no setting has this name")]
    public void Refuses_a_key_that_is_no_setting(string text, string expected)
    {
        Assert.Contains(expected, Assert.Single(FaultsOf(text)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_every_unknown_key()
    {
        List<SettingFault> faults = FaultsOf("""{ "b": 1, "a": { "c": 2 } }""");
        Assert.Equal(["a:c", "b"], faults.Select(fault => fault.Value));
    }

    [Theory]
    [InlineData("{\n  \"publish\": [\n    oops\n  ]\n}", "line 3, column 5: 'o' is an invalid start of a value")]
    [InlineData("{ \"publish\": [ ", "line 1, column ")]
    [InlineData("", "line 1, column 1: The input does not contain any JSON tokens")]
    [InlineData("[ 1 ]", "Top-level JSON element must be an object")]
    [InlineData("""{ "publish": 1, "publish": 2 }""", "publish")]
    public void Says_where_the_file_is_not_JSON(string text, string expected)
    {
        using TemporaryFile file = new(text);
        List<SettingFault> faults = [];
        Assert.Null(SettingsFile.Load(file.Path, faults));
        SettingFault fault = Assert.Single(faults);
        Assert.Equal(file.Path, fault.Where);
        Assert.Contains(expected, fault.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_there_is_no_such_file_and_not_that_its_settings_are_missing()
    {
        List<SettingFault> faults = [];
        SettingsLoader.Load(
            new Dictionary<string, IReadOnlyList<string>>(), "/nowhere/natengine.json", faults);
        SettingFault fault = Assert.Single(faults);
        Assert.Equal("--config", fault.Where);
        Assert.Equal("/nowhere/natengine.json", fault.Value);
    }

    [Fact]
    public void Takes_comments_trailing_commas_empty_lists_and_any_case()
    {
        Assert.Empty(FaultsOf("""{ /* sides */ "Internal": { "Interface": "eth1", }, "publish": [], "pools": [], }"""));
    }

    [Fact]
    public void The_sample_has_every_setting_and_says_its_default()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "natengine.sample.json");
        List<SettingFault> faults = [];
        GatewaySettings sample = SettingsLoader.Load(
            new Dictionary<string, IReadOnlyList<string>>(), path, faults);
        GatewaySettings defaults = SettingsLoader.Load(
            new Dictionary<string, IReadOnlyList<string>>
            {
                [SettingKeys.InternalInterface.Path] = ["eth1"],
                [SettingKeys.ExternalInterface.Path] = ["eth0"],
                [SettingKeys.Layout.Path] = ["rx+lookup+rewrite+checksum+tx"],
            },
            null,
            faults);

        Assert.Empty(faults);
        Assert.Equal(defaults.Pool.Ports, sample.Pool.Ports);
        Assert.Equal(defaults.Timers, sample.Timers);
        Assert.Equal(Comparable(defaults), Comparable(sample));
        string text = File.ReadAllText(path);
        Assert.All(
            SettingKeys.All,
            key => Assert.Contains($"\"{key.Path.Split(':')[^1]}\":", text, StringComparison.Ordinal));
    }

    // Lists and functions compare by identity; the sample's lists are empty.
    private static GatewaySettings Comparable(GatewaySettings settings)
    {
        Assert.Empty(settings.InternalPrefixes);
        Assert.Empty(settings.UntranslatedDestinations);
        Assert.Empty(settings.Pool.ExternalAddresses);
        Assert.Empty(settings.Pool.ExcludedPorts);
        Assert.Empty(settings.Pools);
        Assert.Empty(settings.Published);
        return settings with
        {
            InternalPrefixes = [],
            UntranslatedDestinations = [],
            Pool = settings.Pool with { ExternalAddresses = [], ExcludedPorts = [], InternalPrefixes = [] },
            Pools = [],
            Published = [],
            Locate = SameForAll,
            IsGiven = NobodySetIt,
        };
    }

    private static string SameForAll(SettingKey key) => key.Path;

    private static bool NobodySetIt(SettingKey key) => false;

    private static List<SettingFault> FaultsOf(string text)
    {
        using TemporaryFile file = new(text);
        List<SettingFault> faults = [];
        Assert.NotNull(SettingsFile.Load(file.Path, faults));
        Assert.All(faults, fault => Assert.Equal(file.Path, fault.Where));
        return faults;
    }
}
