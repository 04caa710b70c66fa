using System;
using System.Runtime.CompilerServices;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>What is left of connection requests from outside that nobody has asked for: they are refused, but not
/// before the inside has had time to open the same connection itself (RFC 5382 REQ-4, simultaneous open).</summary>
/// <remarks>The requests themselves are dropped: only what an error would quote of them is kept, of so many. Those
/// beyond are dropped in silence, as all of them are if policy says so (REQ-4a).</remarks>
internal sealed class HeldSyns(Link link, Translator translator, IcmpErrorSender errors)
{
    /// <summary>How many are held.</summary>
    internal const int Capacity = 256;

    // Two VLAN tags, and both headers with all their options.
    private const int MaxLength = EthernetHeader.Length + 8 + IPv4Header.MaxLength + 60;

    /// <summary>How long one is held: RFC 5382 REQ-4 asks for at least this.</summary>
    internal static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(6);

    private readonly HeldSyn[] _syns = new HeldSyn[Capacity];
    private readonly byte[] _octets = new byte[Capacity * MaxLength];
    private int _oldest;
    private int _count;

    /// <summary>Holds a packet from outside that translation refuses, if it is a connection request, there is room and
    /// the same is not held already.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Hold(PacketBatch batch, int index)
    {
        ref readonly PacketFacts facts = ref batch.Facts[index];
        bool isRequest = facts.Kind == PacketKind.Tcp
            && (facts.TcpFlags & (TcpFlags.Syn | TcpFlags.Ack | TcpFlags.Rst | TcpFlags.Fin)) == TcpFlags.Syn;
        if (!isRequest || !link.AnswersStrangers || _count == Capacity || IsHeld(facts.Tuple))
        {
            return;
        }

        Frame frame = batch.Frames[index];
        int place = (_oldest + _count) % Capacity;
        int length = Math.Min(frame.Length, MaxLength);
        frame.Octets[..length].CopyTo(_octets.AsSpan(place * MaxLength));
        _syns[place] = new HeldSyn(facts, length, batch.Now.Add(HoldTime));
        _count++;
    }

    /// <summary>Tells the senders of requests whose time is up that nobody is there, unless the inside has opened the
    /// connection meanwhile.</summary>
    internal void Answer(PacketBatch batch)
    {
        while (_count > 0 && batch.HasRoom && _syns[_oldest].Until <= batch.Now)
        {
            ref readonly HeldSyn syn = ref _syns[_oldest];
            if (!translator.HasSession(syn.Facts.Tuple, batch.Now))
            {
                errors.Send(
                    batch,
                    link,
                    _octets.AsSpan(_oldest * MaxLength, syn.Length),
                    syn.Facts,
                    IcmpType.DestinationUnreachable,
                    IcmpErrorSender.PortUnreachable);
            }

            _oldest = (_oldest + 1) % Capacity;
            _count--;
        }
    }

    private bool IsHeld(in FlowTuple tuple)
    {
        for (int held = 0; held < _count; held++)
        {
            if (_syns[(_oldest + held) % Capacity].Facts.Tuple == tuple)
            {
                return true;
            }
        }

        return false;
    }

    private readonly record struct HeldSyn(PacketFacts Facts, int Length, Timestamp Until);
}
