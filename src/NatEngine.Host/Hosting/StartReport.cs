using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.Logging;
using NatEngine.Devices;
using NatEngine.Host.Guarding;
using NatEngine.Host.Planning;
using NatEngine.Host.Policy;
using NatEngine.Host.Settings;
using NatEngine.Packets;
using NatEngine.Pipeline;
using NatEngine.Rules;
using NatEngine.Translation;
using PortRange = NatEngine.Translation.PortRange;
using Route = NatEngine.Pipeline.Route;

namespace NatEngine.Host.Hosting;

/// <summary>Logs, when the gateway has started, what exactly has.</summary>
internal static class StartReport
{
    internal static void Log(
        ILogger logger,
        GatewayPlan plan,
        GatewaySettings settings,
        Guard? guard,
        LaneAssembly assembly)
    {
        GatewayLog.Starting(logger, EngineBuild.Version, Environment.ProcessId);
        GatewayLog.InternalSide(
            logger, plan.Internal.Name, List(plan.Internal.Addresses), List(plan.Translation.InternalPrefixes));
        GatewayLog.ExternalSide(
            logger,
            plan.External.Name,
            Addresses(plan.Translation.ExternalAddresses),
            plan.SharedAddress is IPv4Address shared && plan.Translation.ExternalAddresses.Contains(shared)
                ? "shared with the host"
                : "the engine's own",
            Gateway(plan.ExternalPort));
        IReadOnlyList<PortRange> ports = PortRanges.Without(plan.Translation.Ports, plan.Translation.ExcludedPorts);
        GatewayLog.Ports(
            logger,
            List(ports),
            ports.Sum(range => range.Count),
            List(plan.Translation.Published.Select(SettingTexts.Of)));
        GatewayLog.Behavior(
            logger,
            BehaviorText.Name(settings.Pool),
            BehaviorText.Of(settings.Pool),
            BehaviorText.Of(settings.Subscribers));
        Pools(logger, plan, settings);
        GatewayLog.Tracking(
            logger,
            SettingWords.Of(settings.TcpWindows),
            settings.OtherProtocols ? "translated by address" : "refused");
        Rules(logger, plan.Rules);
        GatewayLog.Layout(logger, plan.Layout.ToString(), plan.Layout.Threads, plan.LayoutReason);
        if (plan.Lanes is LaneDivision lanes)
        {
            GatewayLog.Lanes(
                logger, lanes.Lanes, lanes.StripeLength, assembly.Translators.Count * plan.Layout.Threads);
        }

        Ring(logger, plan.Internal, assembly.InternalDevices[0], settings);
        Ring(logger, plan.External, assembly.ExternalDevices[0], settings);
        GatewayLog.Sessions(logger, plan.Translation.MaxSessions);
        GatewayLog.Control(logger, settings.ControlPath);
        if (guard is not null)
        {
            GatewayLog.GuardInstalled(logger, guard.Describe(plan.Guard));
        }

        foreach (string warning in plan.Warnings)
        {
            GatewayLog.Warn(logger, warning);
        }
    }

    private static void Rules(ILogger logger, RulePlan? rules)
    {
        if (rules is null)
        {
            return;
        }

        RuleCensus census = RuleCensus.Of(rules.Program.Rules);
        GatewayLog.Rules(logger, rules.Loader.Path, census.Asked, census.Nat, census.Filter, census.Kept);
        foreach (Finding finding in rules.Findings)
        {
            GatewayLog.Warn(logger, finding.ToString());
        }
    }

    private static void Pools(ILogger logger, GatewayPlan plan, GatewaySettings settings)
    {
        foreach ((PoolSettings pool, PoolOptions options) in settings.Pools.Zip(plan.Translation.Pools))
        {
            GatewayLog.Pool(
                logger,
                pool.Name,
                List(pool.InternalPrefixes),
                Addresses(options.ExternalAddresses),
                List(PortRanges.Without(options.Ports, options.ExcludedPorts)),
                BehaviorText.Name(pool),
                BehaviorText.Of(pool));
        }
    }

    private static void Ring(ILogger logger, HostInterface one, AfPacketDevice device, GatewaySettings settings)
        => GatewayLog.Ring(
            logger,
            one.Name,
            SettingWords.Of(settings.Ring),
            device.RingSlots,
            device.RingOctets >> 20,
            one.Mtu,
            settings.Transmit == TransmitKind.Xdp ? "AF_XDP" : "AF_PACKET");

    // A pool of four thousand addresses is a line too long.
    private static string Addresses(IReadOnlyList<IPv4Address> addresses)
        => addresses.Count <= 4 ? List(addresses) : $"{addresses.Count} addresses, {addresses[0]} to {addresses[^1]}";

    private static string Gateway(GatewayPort port)
    {
        Route route = port.Routes.FirstOrDefault(route => route.Destination.Length == 0);
        return route == default ? "no default route" : $"default route by {route.Gateway}";
    }

    private static string List<T>(IEnumerable<T> items)
    {
        string text = string.Join(", ", items);
        return text.Length == 0 ? "none" : text;
    }
}
