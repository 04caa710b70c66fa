using System.Linq;

namespace NatEngine.Rules.Tests;

public sealed class RuleCommandTests
{
    [Theory] // Each on a chain FORWARD of: -i a, -i b, -i c; a chain web, empty; and one, used, to which -i c jumps.
    [InlineData("-A FORWARD -i d", "a,b,c,d")]
    [InlineData("iptables -A FORWARD -i d", "a,b,c,d")]
    [InlineData("sudo iptables -w 5 -t filter -A FORWARD -i d", "a,b,c,d")]
    [InlineData("-i d -A FORWARD", "a,b,c,d")]
    [InlineData("-I FORWARD -i d", "d,a,b,c")]
    [InlineData("-I FORWARD 2 -i d", "a,d,b,c")]
    [InlineData("-I FORWARD 4 -i d", "a,b,c,d")]
    [InlineData("-D FORWARD 2", "a,c")]
    [InlineData("-D FORWARD -i b", "a,c")]
    [InlineData("--delete FORWARD --in-interface 'b'", "a,c")]
    [InlineData("-R FORWARD 2 -i d", "a,d,c")]
    [InlineData("-F FORWARD", "")]
    [InlineData("-F", "")]
    [InlineData("-X web", "a,b,c")]
    [InlineData("-E used web2", "a,b,c")]
    [InlineData("-N more", "a,b,c")]
    [InlineData("-t nat -F", "a,b,c")]
    public void A_command_has_the_effect_that_it_has_with_iptables(string command, string interfaces)
    {
        RuleReading reading = RuleCommands.Apply(Before(), command);

        Assert.True(reading.IsUsable, string.Join('\n', reading.Findings));
        Assert.Equal(
            interfaces,
            string.Join(
                ',', reading.Rules.Filter.Find("FORWARD")!.Rules.Select(rule => rule.ToString().Split(' ')[1])));
    }

    [Theory]
    [InlineData("-D FORWARD 4", "command:1:12: 4: is not the number of a rule: chain FORWARD has 3 rules")]
    [InlineData("-D FORWARD 0", "command:1:12: 0: is not the number of a rule: chain FORWARD has 3 rules")]
    [InlineData("-D FORWARD -i d", "command:1:1: -D: chain FORWARD has no such rule")]
    [InlineData("-I FORWARD 5 -i d", "command:1:12: 5: is not a place to insert at: chain FORWARD has 3 rules")]
    [InlineData("-R FORWARD -i d", "command:1:1: -R: needs the number of a rule")]
    [InlineData("-X used", "command:1:4: used: a rule jumps to chain used")]
    [InlineData("-X FORWARD", "command:1:4: FORWARD: is built in, and stays")]
    [InlineData("-N web", "command:1:4: web: there is a chain of that name already")]
    [InlineData("-N ACCEPT", "command:1:4: ACCEPT: is the name of a target, and cannot be a chain's")]
    [InlineData("-P web DROP", "command:1:4: web: only built-in chains have a policy")]
    [InlineData("-P FORWARD REJECT", "command:1:12: REJECT: is not a policy: ACCEPT or DROP")]
    [InlineData("-t nats -A FORWARD", "command:1:4: nats: is not a table: raw, mangle, nat, filter, security")]
    [InlineData("-t nat -A FORWARD", "command:1:11: FORWARD: there is no such chain in table nat")]
    [InlineData("-A FORWARD -j more", "command:1:15: more: there is no such chain in table filter, and no such target")]
    [InlineData("-i d", "command:1:5: no command: -A, -I, -D, -R, -F, -N, -X, -P, -E or -Z")]
    [InlineData("-L", "command:1:1: -L: not supported: natengine rules show lists the rules")]
    public void What_iptables_refuses_is_refused_and_changes_nothing(string command, string finding)
    {
        RuleSet before = Before();

        RuleReading reading = RuleCommands.Apply(before, command);

        Assert.Contains(finding, reading.Findings.Select(found => found.ToString()));
        Assert.False(reading.IsUsable);
        Assert.Same(before, reading.Rules);
    }

    [Fact]
    public void A_renamed_chain_is_jumped_to_by_its_new_name()
    {
        RuleSet after = RuleCommands.Apply(Before(), "-E used better").Rules;

        Assert.Equal("-i c -j better", after.Filter.Find("FORWARD")!.Rules[2].ToString());
        Assert.NotNull(after.Filter.Find("better"));
    }

    [Fact]
    public void Zero_is_for_one_rule_a_chain_or_all()
    {
        RuleSet one = RuleCommands.Apply(Before(), "-Z FORWARD 2").Rules;
        RuleSet all = RuleCommands.Apply(Before(), "-Z").Rules;

        Assert.Equal([1, 0, 3], one.Filter.Find("FORWARD")!.Rules.Select(rule => (int)rule.Counters.Packets));
        Assert.Equal([0, 0, 0], all.Filter.Find("FORWARD")!.Rules.Select(rule => (int)rule.Counters.Packets));
    }

    [Fact]
    public void A_policy_is_set()
        => Assert.Equal(
            Targets.Verdict.Drop,
            RuleCommands.Apply(Before(), "-P FORWARD DROP").Rules.Filter.Find("FORWARD")!.Policy);

    private static RuleSet Before() => RuleFile.Read("""
        *filter
        :web - [0:0]
        :used - [0:0]
        [1:10] -A FORWARD -i a
        [2:20] -A FORWARD -i b
        [3:30] -A FORWARD -i c -j used
        COMMIT
        """, "before").Rules;
}
