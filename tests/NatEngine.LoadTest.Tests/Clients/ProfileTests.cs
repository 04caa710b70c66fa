using System;
using System.IO;
using System.Linq;
using NatEngine.LoadTest.Clients.Profiles;
using NatEngine.LoadTest.Clients.Scenarios;

namespace NatEngine.LoadTest.Tests.Clients;

public sealed class ProfileTests
{
    public static TheoryData<string> Shipped => [.. ProfileCatalog.Names];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_profile_that_comes_with_natload_can_be_read(string name)
    {
        ClientProfile profile = ProfileCatalog.Find(name);

        Assert.Equal(name, profile.Name);
        Assert.NotEmpty(profile.Description);
        Assert.NotEmpty(profile.Activities);
    }

    [Fact]
    public void A_profile_says_everything_or_as_little_as_its_kind()
    {
        ClientProfile whole = Parse("""
            {
              "name": "mine", "description": "All there is",
              "load": { "clients": [1, 5], "rates": [0.5, 10], "rampUp": 0, "hold": 2.5, "rampDown": 1 },
              "activities": [
                { "kind": "web", "weight": 3, "connections": 2, "objectsPerConnection": 1, "objectOctets": 9,
                  "lookups": 0, "thinkTime": 0, "timeout": 4 },
                { "kind": "web", "name": "reader" },
              ] // A person writes this.
            }
            """);

        Assert.Equal("mine", whole.Name);
        Assert.Equal([1, 5], whole.Clients!);
        Assert.Equal([0.5, 10], whole.Rates!);
        Assert.Equal(TimeSpan.Zero, whole.RampUp);
        Assert.Equal(TimeSpan.FromSeconds(2.5), whole.Hold);
        Assert.Equal(TimeSpan.FromSeconds(1), whole.RampDown);
        Assert.Equal(["web", "reader"], whole.Activities.Select(activity => activity.Name));
        Assert.Equal([3, 1], whole.Activities.Select(activity => activity.Weight));
        Assert.Equal(TimeSpan.FromSeconds(4), whole.Activities[0].Scenario.Timeout);
        ClientProfile little = Parse("""{ "activities": [ { "kind": "dns" } ] }""");
        Assert.Equal("file", little.Name);
        Assert.Null(little.Clients);
        Assert.Null(little.Hold);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[]", "the whole: must be an object")]
    [InlineData("""{ "activities": [] }""", "activities: must be a list with at least one object")]
    [InlineData("""{ }""", "activities: must be a list")]
    [InlineData("""{ "activities": [ 3 ] }""", "activities[0]: must be an object")]
    [InlineData("""{ "activities": [ { "kind": "mail" } ] }""", "activities[0].kind: \"mail\": must be of web,")]
    [InlineData("""{ "activities": [ { } ] }""", "activities[0].kind: must be of web,")]
    [InlineData(
        """{ "activities": [ { "kind": "dns", "colour": "blue" } ] }""",
        "activities[0].colour: \"blue\": there is no")]
    [InlineData("""{ "activities": [ { "kind": "dns" } ], "speed": 1 }""", "speed: 1: there is no such key")]
    [InlineData(
        """{ "activities": [ { "kind": "dns" } ], "load": { "steps": 1 } }""",
        "load.steps: 1: there is no such key")]
    [InlineData(
        """{ "activities": [ { "kind": "dns", "weight": 0 } ] }""",
        "activities[0].weight: 0: must be more than 0")]
    [InlineData(
        """{ "activities": [ { "kind": "dns", "thinkTime": -1 } ] }""",
        "activities[0].thinkTime: -1: must be 0 to")]
    [InlineData(
        """{ "activities": [ { "kind": "dns", "timeout": 0 } ] }""",
        "activities[0].timeout: 0: must be more than 0")]
    [InlineData(
        """{ "activities": [ { "kind": "web", "connections": 2.5 } ] }""",
        "activities[0].connections: 2.5: must be a whole")]
    [InlineData(
        """{ "activities": [ { "kind": "web", "connections": 65 } ] }""",
        "activities[0].connections: 65: must be a whole")]
    [InlineData(
        """{ "activities": [ { "kind": "game", "octets": 23 } ] }""",
        "activities[0].octets: 23: must be a whole number from 24")]
    [InlineData(
        """{ "activities": [ { "kind": "game", "timeout": 0.4 } ] }""",
        "activities[0].timeout: 0.4: must be longer than the round")]
    [InlineData(
        """{ "activities": [ { "kind": "video", "bitsPerSecond": "5M" } ] }""",
        "bitsPerSecond: \"5M\": must be more than 0")]
    [InlineData(
        """{ "activities": [ { "kind": "video", "timeout": 0.5 } ] }""",
        "timeout: 0.5: must be at least as long")]
    [InlineData(
        """{ "activities": [ { "kind": "dns" }, { "kind": "dns" } ] }""",
        "activities[1].name: there are two activities called 'dns'")]
    [InlineData("""{ "activities": [ { "kind": "dns", "name": "A b" } ] }""", "activities[0].name: \"A b\":")]
    [InlineData(
        """{ "activities": [ { "kind": "dns" } ], "load": { "clients": [1, 10, 10] } }""",
        "load.clients: [1, 10, 10]: must ascend")]
    [InlineData(
        """{ "activities": [ { "kind": "dns" } ], "load": { "clients": [0, 10] } }""",
        "load.clients: [0, 10]: must be a list of whole numbers")]
    [InlineData(
        """{ "activities": [ { "kind": "dns" } ], "load": { "clients": [1.5] } }""",
        "load.clients: [1.5]: must be a list of whole numbers")]
    [InlineData(
        """{ "activities": [ { "kind": "dns" } ], "load": { "rates": [0] } }""",
        "load.rates: [0]: must be a list of numbers more than 0")]
    [InlineData(
        """{ "activities": [ { "kind": "dns" } ], "load": { "rates": [-5, 5] } }""",
        "load.rates: [-5, 5]: must be a list of numbers")]
    [InlineData(
        """{ "activities": [ { "kind": "dns" } ], "load": { "hold": 0 } }""",
        "load.hold: 0: must be more than 0")]
    [InlineData("""{ "activities": [ { "kind": "dns" } ], "name": "A/B" }""", "name: \"A/B\":")]
    [InlineData("""{ "name": "a", "name": "b", "activities": [ { "kind": "dns" } ] }""", "not JSON")]
    public void What_breaks_a_rule_is_named_with_file_key_value_and_rule(string text, string expected)
    {
        BadInputException refused = Assert.Throws<BadInputException>(() => Parse(text));

        Assert.StartsWith("profile file.json: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_ones_own_is_a_profile_of_its_name()
    {
        using TemporaryProfile file = new("""{ "activities": [ { "kind": "game" } ] }""");

        ClientProfile profile = ProfileCatalog.Find(file.Path);

        Assert.Equal(Path.GetFileNameWithoutExtension(file.Path), profile.Name);
        Assert.IsType<GameScenario>(profile.Activities[0].Scenario);
    }

    [Fact]
    public void What_is_neither_a_name_nor_a_file_is_refused()
    {
        BadInputException refused = Assert.Throws<BadInputException>(() => ProfileCatalog.Find("/nowhere/mine.json"));

        Assert.StartsWith(
            "--profile '/nowhere/mine.json': must be of web, download", refused.Message, StringComparison.Ordinal);
    }

    private static ClientProfile Parse(string text) => ClientProfile.Parse("file.json", "file", text);
}
