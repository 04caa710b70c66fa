using System.Collections.Generic;
using System.Linq;
using NatEngine.Rules;
using NatEngine.Translation.Policy;

namespace NatEngine.Translation.Explaining;

/// <summary>Says in terms of rules what was noted in terms of places.</summary>
internal static class TrailReading
{
    /// <summary>Reads it.</summary>
    /// <param name="program">The rules that were asked. Nothing of it is read that asking changes.</param>
    /// <param name="trails">What was noted.</param>
    public static IReadOnlyList<ExplainedHook> Read(RuleProgram program, IReadOnlyList<HookTrail> trails)
        => [.. trails.Select(trail => Read(program, trail))];

    private static ExplainedHook Read(RuleProgram program, HookTrail trail)
    {
        (string table, string chain) = trail.Hook switch
        {
            RuleHook.Prerouting => (TableName.Nat, ChainName.Prerouting),
            RuleHook.Forward => (TableName.Filter, ChainName.Forward),
            _ => (TableName.Nat, ChainName.Postrouting),
        };
        RulePlaces places = new(program);
        return new ExplainedHook(table, chain, [.. trail.Asked.Select(asked => Read(program, places, trail, asked))]);
    }

    private static ExplainedRule Read(RuleProgram program, RulePlaces places, HookTrail trail, AskedRule asked)
    {
        PacketAtHook packet = asked.Mark == 0 ? trail.Packet : trail.Packet with { Mark = asked.Mark };
        RuleLocation location = places.LocationOf(asked.Place);
        IRuleMatch? misfit = asked.Misfit == RuleProgram.Fits
            ? null
            : Misfits.Find(program, location.Rule!, asked.Misfit, packet);
        return new ExplainedRule(location, misfit, packet);
    }
}
