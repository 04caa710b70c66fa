using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Translation.Explaining;
using NatEngine.Translation.Policy;
using NatEngine.Translation.Tests.Model;
using NatEngine.Translation.Tests.Policy;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Explaining;

/// <summary>What is said of a packet is what then happens to it; and nobody can tell that it was asked.</summary>
/// <remarks>Two gateways with the same chance live through the same: one is asked before every packet, and some times
/// in between, the other never is.</remarks>
public sealed class AgreementTests
{
    private static readonly Gen<(int Kind, int Host, int Remote, int Number)> Happening =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 400]);

    public static TheoryData<string> Names => [.. Contracts.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_rules_what_is_said_happens(string contract)
        => Happening.Array[0, 100].Sample(happenings => Live(Limited(contract), happenings), iter: 12);

    [Theory]
    [MemberData(nameof(Names))]
    public void With_rules_what_is_said_happens(string contract)
        => Gen.Select(GeneratedRules.Any, Happening.Array[0, 60]).Sample(
            (rules, happenings) => Live(WithRules(Limited(contract), rules), happenings), iter: 12);

    [Fact] // with ports to draw from, and hosts that have them all
    public void With_rules_and_all_ports_what_is_said_happens()
        => Gen.Select(GeneratedRules.Any, Happening.Array[0, 60]).Sample(
            (rules, happenings) => Live(WithRules(options => options, rules), happenings), iter: 10);

    [Theory] // though sessions and ports whose time is over have not been collected yet
    [MemberData(nameof(Names))]
    public void Behind_time_what_is_said_happens(string contract)
        => Happening.Array[0, 100].Sample(happenings => LiveUncollected(contract, happenings), iter: 10);

    private static Func<TranslationOptions, TranslationOptions> Limited(string contract)
        => options => Contracts.Of(contract, options) with
        {
            Subscribers = new SubscriberLimits { Sessions = 6, Ports = HasPorts(contract) ? 5 : 0 },
            LogCapacity = 64,
        };

    // A limit of ports means nothing where sessions share them.
    private static bool HasPorts(string contract) => contract is "default" or "full-cone" or "cgn" or "blocks";

    private static Func<TranslationOptions, TranslationOptions> WithRules(
        Func<TranslationOptions, TranslationOptions> configure, (string Nat, string Filter) rules)
        => plain =>
        {
            TranslationOptions options = configure(plain);
            IPv4Address[] external =
                [.. options.AllPools().SelectMany(pool => pool.ExternalAddresses).Distinct()];
            RuleProgram? program = Ruled.TryProgram(
                rules.Nat, rules.Filter, out IReadOnlyList<RuleRefusal> refusals, external);
            Assert.Empty(refusals);
            return options with { Rules = program };
        };

    // Sessions whose time is over are collected before anybody is asked, as a lane does.
    private static void Live(
        Func<TranslationOptions, TranslationOptions> configure,
        (int Kind, int Host, int Remote, int Number)[] happenings)
    {
        RuleProgram? askedRules = null;
        RuleProgram? otherRules = null;
        using Gateway asked = new(options => Remember(configure(options), out askedRules));
        using Gateway other = new(options => Remember(configure(options), out otherRules));
        foreach ((int kind, int host, int remote, int number) in happenings)
        {
            if (kind == 9)
            {
                asked.Wait(number * 3);
                other.Wait(number * 3);
                continue;
            }

            Traffic packet = Traffic.Of(kind, host, remote, number);
            Explanation said = packet.Explain(asked);
            _ = Traffic.Of(number % 9, host, remote, number).Explain(asked);
            Outcome happened = asked.Send(packet.Frame, packet.Ingress);
            Outcome elsewhere = other.Send(packet.Frame, packet.Ingress);
            Assert.Equal(
                (elsewhere.Reason, elsewhere.Verdict.Rejection, elsewhere.Verdict.Egress, elsewhere.Tuple),
                (happened.Reason, happened.Verdict.Rejection, happened.Verdict.Egress, happened.Tuple));
            AssertAgree(said, happened);
        }

        AssertSame(asked, askedRules, other, otherRules);
    }

    private static void LiveUncollected(string contract, (int Kind, int Host, int Remote, int Number)[] happenings)
    {
        using Gateway gateway = new(Limited(contract));
        foreach ((int kind, int host, int remote, int number) in happenings)
        {
            if (kind == 9)
            {
                gateway.Wait(number * 3, collect: false);
                continue;
            }

            Traffic packet = Traffic.Of(kind, host, remote, number);
            Explanation said = packet.Explain(gateway);
            AssertAgree(said, gateway.Send(packet.Frame, packet.Ingress));
        }
    }

    private static TranslationOptions Remember(TranslationOptions options, out RuleProgram? rules)
    {
        rules = options.Rules;
        return options;
    }

    private static void AssertAgree(Explanation said, Outcome happened)
    {
        if (!said.IsCertain)
        {
            return; // a rule leaves it to chance
        }

        Assert.Equal((happened.Verdict.Kind, happened.Reason), (said.Verdict, said.Reason));
        if (happened.Reason == DropReason.RuleRejected)
        {
            Assert.Equal(happened.Verdict.Rejection, said.Rejection);
        }

        if (!happened.Forwarded)
        {
            return;
        }

        Assert.Equal(happened.Verdict.Egress, said.Egress);
        Assert.Equal(happened.Verdict.Direction, said.Direction);
        if (said.Port is not { Origin: PortOrigin.Drawn } port)
        {
            Assert.Equal(happened.Tuple, said.Leaving);
            return;
        }

        Assert.Equal(happened.Tuple.Destination, said.Leaving.Destination);
        Assert.True(port.IsOfBlock || port.Within.Contains(happened.Tuple.Source.Port));
        Assert.True(port.Free > 0);
    }

    private static void AssertSame(Gateway asked, RuleProgram? askedRules, Gateway other, RuleProgram? otherRules)
    {
        Assert.Equal(other.Sessions(), asked.Sessions());
        Assert.Equal(other.Translator.Counters, asked.Translator.Counters);
        Assert.Equal(other.Translator.Log?.Lost, asked.Translator.Log?.Lost);
        if (askedRules is not null)
        {
            Assert.Equal(RuleText.Of(otherRules!.Counted()), RuleText.Of(askedRules.Counted()));
            Assert.Equal(otherRules.TakeLog(out long otherLost), askedRules.TakeLog(out long lost));
            Assert.Equal(otherLost, lost);
        }
    }
}
