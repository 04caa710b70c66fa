using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.Host.Guarding;
using NatEngine.Host.Settings;
using NatEngine.Packets;
using NatEngine.Pipeline;
using NatEngine.Translation;

namespace NatEngine.Host.Planning;

/// <summary>Holds what the operator asked for against the machine. A function: it looks at nothing else, and changes
/// nothing.</summary>
internal sealed class GatewayPlanner
{
    private readonly GatewaySettings _settings;
    private readonly Machine _machine;
    private readonly ICollection<SettingFault> _faults;
    private readonly List<string> _warnings = [];

    private GatewayPlanner(GatewaySettings settings, Machine machine, ICollection<SettingFault> faults)
    {
        _settings = settings;
        _machine = machine;
        _faults = faults;
    }

    /// <summary>Makes the plan.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="machine">What there is.</param>
    /// <param name="faults">Receives why it can't be done.</param>
    /// <returns>Null if there are faults.</returns>
    internal static GatewayPlan? Plan(GatewaySettings settings, Machine machine, ICollection<SettingFault> faults)
        => new GatewayPlanner(settings, machine, faults).Plan();

    private GatewayPlan? Plan()
    {
        InterfaceChecks checks = new(_settings, _machine, _faults);
        HostInterface? internalSide = checks.Check(SettingKeys.InternalInterface, _settings.InternalInterface);
        HostInterface? externalSide = checks.Check(SettingKeys.ExternalInterface, _settings.ExternalInterface);
        checks.CheckCapabilities();
        if (internalSide is null || externalSide is null || _faults.Count > 0)
        {
            return null;
        }

        IReadOnlyList<IPv4Prefix> prefixes = InternalPrefixes(internalSide);
        AddressPlan? addresses = AddressPlan.Make(_settings, _machine, externalSide, prefixes, _faults);
        if (addresses is null)
        {
            return null;
        }

        TranslationOptions translation = TranslationPlanner.Plan(_settings, _machine, addresses, prefixes);
        PublishedChecks.Check(_settings, translation, addresses, prefixes, _machine, _faults, _warnings);
        CheckPorts(translation);
        LaneDivision? lanes = LanePlanner.Plan(_settings, _faults);
        if (_faults.Count == 0)
        {
            LaneSlice? slice = lanes is LaneDivision division ? new LaneSlice(division, 0) : null;
            TranslationChecks.Check(translation with { Slice = slice }, _settings, _faults);
        }

        IReadOnlyList<Route> externalRoutes = ExternalRoutes(externalSide);
        WarnOfWhatMaySurprise(externalSide, externalRoutes);
        GuardPlan guard = GuardPlanner.Plan(internalSide, externalSide, _machine, addresses, translation);
        return _faults.Count > 0
            ? null
            : new GatewayPlan
            {
                Internal = internalSide,
                External = externalSide,
                Mode = addresses.Mode,
                SharedAddress = addresses.Shared,
                InternalPort = Port(
                    internalSide, guard.InternalHostAddresses, RoutesOf(internalSide), addresses.Shared),
                ExternalPort = Port(externalSide, guard.ExternalHostAddresses, externalRoutes) with
                {
                    OwnedAddresses = addresses.Owned,
                    AnswersStrangers = _settings.AnswersStrangers,
                    GuardedTcpPorts = _settings.HasGuard ? guard.TcpPorts : [],
                    GuardedUdpPorts = _settings.HasGuard ? guard.UdpPorts : [],
                    GuardsOtherProtocols = _settings.HasGuard && guard.OtherProtocols,
                },
                Translation = translation,
                Lanes = lanes,
                Layout = Layout,
                LayoutReason = LayoutReason(),
                IdleSpin = IsSpinInTheWay ? TimeSpan.Zero : _settings.IdleSpin,
                Guard = guard,
                Warnings = _warnings,
            };
    }

    private PipelineLayout Layout => _settings.Layout ?? PipelineLayout.RunToCompletion;

    // A thread that looks for work keeps the one that would bring it from running, if they share a processor.
    private bool IsSpinInTheWay
        => Layout.Threads * _settings.Lanes > Math.Max(_machine.Cores, 1) && !_settings.IsGiven(SettingKeys.IdleSpin);

    // What the kernel reaches by the internal interface is what is internal.
    private IReadOnlyList<IPv4Prefix> InternalPrefixes(HostInterface side)
        => _settings.InternalPrefixes.Count > 0
            ? _settings.InternalPrefixes
            : [.. Connected(side)
                .Concat(_machine.Routes
                    .Where(route => route.InterfaceIndex == side.Index && route.Destination.Length > 0)
                    .Select(route => route.Destination))
                .Distinct()];

    private void CheckPorts(TranslationOptions translation)
    {
        if (PortRanges.Without(translation.Ports, translation.ExcludedPorts).Count == 0)
        {
            _faults.Add(new SettingFault(
                _settings.Locate(SettingKeys.Ports),
                SettingKeys.Ports.Noun,
                translation.Ports.ToString(),
                $"no port is left after {string.Join(", ", translation.ExcludedPorts)} are excluded"));
        }
    }

    // The link's own addresses come first: they are the ones to ask ARP questions with. What comes from inside for a
    // shared external address is for translation to judge first: it may be a hairpin.
    private GatewayPort Port(
        HostInterface side,
        IReadOnlyList<IPv4Address> hostAddresses,
        IReadOnlyList<Route> routes,
        IPv4Address? judgedFirst = null)
        => new()
        {
            HardwareAddress = side.HardwareAddress,
            Mtu = side.Mtu,
            HostAddresses = [.. side.Addresses.Select(one => one.Address).Concat(hostAddresses)
                .Distinct().Where(address => address != judgedFirst)],
            Connected = Connected(side),
            Routes = routes,
        };

    private IReadOnlyList<IPv4Prefix> Connected(HostInterface side)
        => [.. side.Addresses.Select(one => one.Prefix)
            .Concat(_machine.Routes
                .Where(route => route.InterfaceIndex == side.Index && route.Gateway is null)
                .Select(route => route.Destination))
            .Distinct()];

    private IReadOnlyList<Route> RoutesOf(HostInterface side)
        => [.. _machine.Routes
            .Where(route => route.InterfaceIndex == side.Index && route.Gateway is not null)
            .OrderByDescending(route => route.Destination.Length)
            .ThenBy(route => route.Metric)
            .Select(route => new Route(route.Destination, route.Gateway!.Value))];

    private IReadOnlyList<Route> ExternalRoutes(HostInterface side)
    {
        IReadOnlyList<Route> routes = RoutesOf(side);
        return _settings.ExternalGateway is IPv4Address gateway
            ? [.. routes.Where(route => route.Destination.Length > 0), new Route(new IPv4Prefix(default, 0), gateway)]
            : routes;
    }

    private void WarnOfWhatMaySurprise(HostInterface side, IReadOnlyList<Route> routes)
    {
        if (!routes.Any(route => route.Destination.Length == 0))
        {
            _warnings.Add(
                $"there is no default route on {side.Name}: only its own link and the networks it has routes for can "
                + "be reached (give --external-gateway)");
        }

        if (!_settings.HasGuard)
        {
            _warnings.Add(
                "there is no guard: the kernel sees the engine's packets too, and answers "
                + (_machine.Forwards ? "and forwards them" : "those for its own addresses"));
        }
    }

    private string LayoutReason()
    {
        string reason = _settings.Layout is null
            ? string.Create(CultureInfo.InvariantCulture, $"default on {_machine.Cores} cores")
            : $"asked for by {_settings.Locate(SettingKeys.Layout)}";
        return IsSpinInTheWay ? $"{reason}; idle threads sleep at once, they share processors" : reason;
    }
}
