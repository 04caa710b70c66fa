using System.Collections.Generic;
using System.Linq;
using NatEngine.Host.Guarding;
using NatEngine.Host.Settings;

namespace NatEngine.Host.Planning;

/// <summary>Whether the two interfaces, and what the process may do with them, will do.</summary>
internal sealed class InterfaceChecks(
    GatewaySettings settings, Machine machine, ICollection<SettingFault> faults)
{
    /// <summary>Checks one interface.</summary>
    /// <returns>The interface; null if there is none of that name.</returns>
    internal HostInterface? Check(SettingKey key, string name)
    {
        HostInterface? found = machine.Find(name);
        if (found is null)
        {
            string others = string.Join(", ", machine.Interfaces.Select(one => one.Name));
            Fault(key, name, $"there is no such interface; there are {others}");
            return null;
        }

        if (key == SettingKeys.ExternalInterface && name == settings.InternalInterface)
        {
            Fault(key, name, "must be another interface than the internal one");
        }

        if (!found.IsUp)
        {
            Fault(key, name, $"is down; bring it up with `ip link set {name} up`");
        }

        if (!found.HardwareAddress.IsUnicast)
        {
            Fault(key, name, "is not an Ethernet interface");
        }

        if (key == SettingKeys.InternalInterface && found.Addresses.Count == 0)
        {
            Fault(key, name, "has no IPv4 address, which the internal hosts would have as their gateway");
        }

        if (settings.HasGuard && settings.GuardKind != GuardKind.Bpf && !GuardTable.CanGuard(name))
        {
            Fault(
                key,
                name,
                "has a character (one of \" * \\) that nft can't take: rename it or use --guard bpf or --no-guard");
        }

        return found;
    }

    /// <summary>Checks that the process may open raw sockets and install the guard.</summary>
    internal void CheckCapabilities()
    {
        Require(Capability.NetRaw, "CAP_NET_RAW", "raw sockets");
        if (settings.HasGuard)
        {
            Require(Capability.NetAdmin, "CAP_NET_ADMIN", "the guard");
        }
    }

    private void Require(int capability, string name, string purpose)
    {
        if (((machine.Capabilities >> capability) & 1) == 0)
        {
            faults.Add(new SettingFault(
                "process",
                "capability",
                name,
                $"is needed for {purpose}: run as root, or grant it (AmbientCapabilities= in a systemd unit)"));
        }
    }

    private void Fault(SettingKey key, string name, string rule)
        => faults.Add(new SettingFault(settings.Locate(key), key.Noun, name, rule));
}
