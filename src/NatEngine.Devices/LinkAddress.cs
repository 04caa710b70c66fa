using System.Net;

namespace NatEngine.Devices;

/// <summary>An IPv4 address of an interface (<c>RTM_NEWADDR</c>, rtnetlink(7)).</summary>
/// <param name="InterfaceIndex">The kernel's number of the interface.</param>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">How many of its bits name the network behind the interface.</param>
/// <param name="Broadcast">The network's broadcast address; null if it has none.</param>
/// <param name="Scope">Where the address is valid.</param>
public readonly record struct LinkAddress(
    int InterfaceIndex,
    IPAddress Address,
    int PrefixLength,
    IPAddress? Broadcast,
    AddressScope Scope);
