using System.Collections.Generic;
using System.IO;
using System.Linq;
using NatEngine.Host.Guarding;
using NatEngine.Host.Planning;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Translation;
using NatEngine.Translation.Policy;
using PortRange = NatEngine.Translation.PortRange;

namespace NatEngine.Host.Policy;

/// <summary>Puts rules into a plan.</summary>
internal static class RulesPlanner
{
    /// <summary>Reads rules, and holds them against a gateway that is planned.</summary>
    /// <param name="plan">The gateway.</param>
    /// <param name="path">The rules file.</param>
    /// <param name="findings">What is to be said of the rules.</param>
    /// <returns>The plan with the rules; null if they cannot be used.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static GatewayPlan? TryPlan(GatewayPlan plan, string path, out IReadOnlyList<Finding> findings)
    {
        RuleSurroundings surroundings = SurroundingsOf(plan);
        LaneTerms? terms = LaneRules.TermsOf(plan.Translation, plan.Lanes);
        RuleLoader loader = new(path, surroundings with { Lanes = terms });
        RuleLoading loading = loader.Compile(loader.Read(), path);
        findings = loading.Findings;
        if (loading.Program is not RuleProgram program)
        {
            return null;
        }

        TranslationOptions translation = LaneRules.Without(plan.Translation, program.Services) with { Rules = program };
        LaneTerms? later = terms is null
            ? null
            : LaneRules.TermsOf(translation, plan.Lanes)! with { MayTakePorts = false };
        GuardPlan guard = With(plan.Guard, program);
        bool isGuarded = plan.ExternalPort.GuardedTcpPorts.Count + plan.ExternalPort.GuardedUdpPorts.Count > 0;
        return plan with
        {
            Translation = translation,
            Rules = new RulePlan(
                new RuleLoader(path, surroundings with { Lanes = later }),
                LaneRules.Programs(program, plan.Lanes?.Lanes ?? 1),
                findings,
                plan.Guard),
            Guard = guard,
            ExternalPort = isGuarded
                ? plan.ExternalPort with { GuardedTcpPorts = guard.TcpPorts, GuardedUdpPorts = guard.UdpPorts }
                : plan.ExternalPort,
        };
    }

    /// <summary>What the guard must keep from the kernel with these rules: on an address that is the host's, too, the
    /// ports that they translate.</summary>
    internal static GuardPlan With(GuardPlan guard, RuleProgram program)
    {
        if (guard.SharedAddress is not IPv4Address shared)
        {
            return guard;
        }

        (IReadOnlyList<PortRange> tcp, IReadOnlyList<PortRange> udp) =
            TranslatedPorts.Of(program.Rules, program.Surroundings, shared);
        return guard with
        {
            TcpPorts = PortRanges.Merge([.. guard.TcpPorts, .. tcp]),
            UdpPorts = PortRanges.Merge([.. guard.UdpPorts, .. udp]),
        };
    }

    /// <summary>What the words of a rule mean in a gateway.</summary>
    internal static RuleSurroundings SurroundingsOf(GatewayPlan plan)
    {
        IReadOnlyList<PoolOptions> pools = plan.Translation.AllPools();
        return new RuleSurroundings
        {
            InternalInterface = plan.Internal.Name,
            ExternalInterface = plan.External.Name,
            InternalStation = plan.InternalPort.HardwareAddress,
            ExternalStation = plan.ExternalPort.HardwareAddress,
            ExternalAddresses = [.. pools.SelectMany(pool => pool.ExternalAddresses).Distinct()],
            OwnAddresses =
            [
                .. new[] { plan.InternalPort, plan.ExternalPort }
                    .SelectMany(port => port.HostAddresses.Concat(port.OwnedAddresses)).Distinct(),
            ],
            AllottedPools =
            [
                .. pools.Where(pool => pool.Blocks is not null || pool.Deterministic is not null)
                    .Select(pool => pool.ExternalAddresses),
            ],
            Ports = new PortRange(pools.Min(pool => pool.Ports.First), pools.Max(pool => pool.Ports.Last)),
            InsideNetworks =
            [
                .. plan.InternalPort.Connected
                    .Concat(plan.InternalPort.Routes.Select(route => route.Destination))
                    .Where(network => network.Length > 0)
                    .Distinct(),
            ],
        };
    }
}
