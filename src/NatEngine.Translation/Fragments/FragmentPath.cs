using System;
using NatEngine.Packets;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Fragments;

/// <summary>What happens to fragments: the first one, which has the ports, is judged as a packet is, and the later ones
/// go its way (RFC 4787 section 11, RFC 3022 section 6.3).</summary>
internal sealed class FragmentPath(SessionTable sessions, FastPath fastPath, ulong seed) : IDisposable
{
    private const int Unit = 8;

    private readonly FragmentTable _table = new(seed);

    /// <summary>How many packets are remembered by their first fragments.</summary>
    internal uint Remembered => _table.Count;

    /// <summary>Says whether a first fragment may be judged.</summary>
    /// <returns><see cref="DropReason.None"/>, or why not.</returns>
    public DropReason RefusalOf(in PacketFacts first, Realm ingress, uint now)
    {
        if (IsUneven(first))
        {
            return DropReason.MalformedIPv4;
        }

        // RFC 1812 section 4.3.2.3 keeps errors to 576 octets, which no link has to fragment.
        if (first.Kind == PacketKind.IcmpError)
        {
            return DropReason.Fragment;
        }

        uint place = _table.Find(FragmentKey.Of(first, ingress), now);
        if (place == 0)
        {
            return DropReason.None;
        }

        if (_table[place].Refusal == DropReason.None)
        {
            return DropReason.FragmentOverlap;
        }

        _table.Remove(place); // the one that was refused is another packet, or may pass now
        return DropReason.None;
    }

    /// <summary>Remembers the verdict on a first fragment.</summary>
    public void Remember(in PacketFacts first, Realm ingress, uint now, in Verdict verdict)
    {
        FragmentedPacket packet = new() { Key = FragmentKey.Of(first, ingress), Refusal = verdict.Reason };
        if (verdict.Kind != VerdictKind.Forward)
        {
            _table.Add(packet, now);
            return;
        }

        packet.Session = verdict.Session.Index;
        packet.Direction = verdict.Direction;
        packet.Tuple = sessions[packet.Session].Tuples[(int)packet.Direction];
        packet.Identification = verdict.Identification;
        uint place = _table.Add(packet, now);
        _ = _table.TryPass(place, 0, EndOf(first), isLast: false);
    }

    /// <summary>Judges a fragment that is not the first.</summary>
    public void Follow(in PacketFacts later, Realm ingress, uint now, ref Verdict verdict)
    {
        if (IsUneven(later))
        {
            verdict.SetDrop(DropReason.MalformedIPv4);
            return;
        }

        uint place = _table.Find(FragmentKey.Of(later, ingress), now);
        if (place == 0)
        {
            verdict.SetWait();
            return;
        }

        DropReason refusal = _table[place].Refusal;
        if (refusal != DropReason.None)
        {
            verdict.SetDrop(refusal);
            return;
        }

        FragmentedPacket packet = _table[place];
        ref Session session = ref sessions[packet.Session];
        if (session.Tuples[(int)packet.Direction] != packet.Tuple)
        {
            verdict.SetDrop(DropReason.Fragment);
        }
        else if (!_table.TryPass(place, later.FragmentOffset / Unit, EndOf(later), !later.MoreFragments))
        {
            verdict.SetDrop(DropReason.FragmentOverlap);
        }
        else
        {
            fastPath.Count(ref session, packet.Session, packet.Direction, later.NetworkLength);
            verdict.SetForward(session, packet.Session, packet.Direction);
            verdict.Identification = packet.Identification;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _table.Dispose();

    // RFC 791 section 3.2: all but the last hold a multiple of eight octets.
    private static bool IsUneven(in PacketFacts fragment)
        => fragment.MoreFragments && (PayloadOf(fragment) % Unit != 0 || PayloadOf(fragment) == 0);

    private static int PayloadOf(in PacketFacts fragment)
        => fragment.NetworkLength - (fragment.TransportOffset - fragment.NetworkOffset);

    private static int EndOf(in PacketFacts fragment)
        => (fragment.FragmentOffset + PayloadOf(fragment) + Unit - 1) / Unit;
}
