using NatEngine.Packets;

namespace NatEngine.Host.Planning;

/// <summary>An address of an interface, and how much of the link it says it is on.</summary>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">How many bits the hosts of the link share, 0 to 32.</param>
internal readonly record struct InterfaceAddress(IPv4Address Address, byte PrefixLength)
{
    /// <summary>The hosts of the link.</summary>
    internal IPv4Prefix Prefix => new(Address, PrefixLength);

    /// <summary>The form that <c>ip address</c> prints.</summary>
    public override string ToString() => $"{Address}/{PrefixLength}";
}
