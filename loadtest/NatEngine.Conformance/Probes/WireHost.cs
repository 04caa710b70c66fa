using System;
using System.Collections.Generic;
using System.Net;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>A host with one address that nobody else uses, on either side of the NAT. It does nothing of its
/// own.</summary>
internal sealed class WireHost(IPAddress address, LinkStation station)
{
    private readonly Mailbox _mailbox = station.MailboxOf(address);

    public IPAddress Address { get; } = address;

    /// <summary>Sends a packet, from whomever it says.</summary>
    public void Send(IPv4Packet packet) => station.Send(packet);

    /// <summary>Receives the packet that matches.</summary>
    /// <param name="what">What it is, for the report.</param>
    /// <param name="matches">Which one.</param>
    /// <param name="patience">How long to wait; <see cref="Scene.Patience"/> if null.</param>
    /// <exception cref="ProbeFailure">It did not come, or its checksums are wrong.</exception>
    public IPv4Packet Receive(string what, Predicate<IPv4Packet> matches, TimeSpan? patience = null)
    {
        IPv4Packet packet = _mailbox.Take(matches, patience ?? Scene.Patience)
            ?? throw new ProbeFailure($"{what} did not arrive at {Address}") { IsAbsence = true };
        return packet.Fault() is { } fault
            ? throw new ProbeFailure($"{what} arrived at {Address}, but {fault}")
            : packet;
    }

    /// <summary>All packets that have arrived and match.</summary>
    public IReadOnlyList<IPv4Packet> Look(Predicate<IPv4Packet> matches) => _mailbox.Look(matches);

    /// <summary>Makes sure that nothing has come that matches, of all that was sent before
    /// <see cref="Scene.Settle"/>.</summary>
    /// <exception cref="ProbeFailure">It has.</exception>
    public void HasNot(string what, Predicate<IPv4Packet> matches)
    {
        if (Look(matches).Count > 0)
        {
            throw new ProbeFailure($"{what} arrived at {Address}");
        }
    }
}
