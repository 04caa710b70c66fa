using System;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline;

/// <summary>What the gateway needs to know of one of its two interfaces to speak on its link.</summary>
/// <remarks>
/// An address of ours is in exactly one of two lists. <see cref="OwnedAddresses"/> belong to the engine alone: it
/// answers ARP and echo requests for them, and what arrives for them and is not translated is dropped.
/// <see cref="HostAddresses"/> the kernel has too (the interface's own address, above all when it is shared as external
/// address): the kernel answers ARP, and what arrives for them and is not translated is left to it.
/// </remarks>
public sealed record GatewayPort
{
    /// <summary>The interface's hardware address: the source of every frame sent, the destination of every frame that
    /// is forwarded.</summary>
    public required MacAddress HardwareAddress { get; init; }

    /// <summary>The longest IPv4 packet that the link takes, in octets. Defaults to 1500; at least 68 (RFC 791).
    /// </summary>
    public int Mtu { get; init; } = 1500;

    /// <summary>Whether somebody on this link who asks for a TCP connection that nobody wants is told so, after six
    /// seconds (RFC 5382 REQ-4), or not at all (REQ-4a). Defaults to true; means something for the external port.
    /// </summary>
    public bool AnswersStrangers { get; init; } = true;

    /// <summary>Addresses on this link that belong to the engine alone.</summary>
    public IReadOnlyList<IPv4Address> OwnedAddresses { get; init; } = [];

    /// <summary>Addresses that the kernel has as well: this link's first, then those it has elsewhere and answers for
    /// here, too.</summary>
    public IReadOnlyList<IPv4Address> HostAddresses { get; init; } = [];

    /// <summary>TCP ports of an external address among <see cref="HostAddresses"/> that something keeps from the
    /// kernel: what arrives for them and is not translated nobody answers, so it is dropped and counted.</summary>
    public IReadOnlyList<PortRange> GuardedTcpPorts { get; init; } = [];

    /// <summary>The same of UDP.</summary>
    public IReadOnlyList<PortRange> GuardedUdpPorts { get; init; } = [];

    /// <summary>Whether something keeps from the kernel, too, what is translated and is neither TCP, UDP nor ICMP.
    /// Defaults to false.</summary>
    public bool GuardsOtherProtocols { get; init; }

    /// <summary>The prefixes whose hosts are on the link itself.</summary>
    public IReadOnlyList<IPv4Prefix> Connected { get; init; } = [];

    /// <summary>What lies behind routers on the link. The longest prefix wins, the first among equals.</summary>
    public IReadOnlyList<Route> Routes { get; init; } = [];

    /// <summary>Checks what can be checked without the interface.</summary>
    /// <exception cref="ArgumentException">A value is out of bounds, or the two lists of addresses overlap; the message
    /// names the value and the rule.</exception>
    internal void Validate(string port)
    {
        if (!HardwareAddress.IsUnicast)
        {
            throw new ArgumentException($"{port}: hardware address {HardwareAddress} is not one station's.");
        }

        if (Mtu is < 68 or > 65_535)
        {
            throw new ArgumentException($"{port}: MTU {Mtu} is not between 68 (RFC 791) and 65535 octets.");
        }

        HashSet<IPv4Address> owned = [.. OwnedAddresses];
        foreach (IPv4Address address in HostAddresses)
        {
            if (owned.Contains(address))
            {
                throw new ArgumentException($"{port}: {address} is both the engine's own and the kernel's.");
            }
        }
    }
}
