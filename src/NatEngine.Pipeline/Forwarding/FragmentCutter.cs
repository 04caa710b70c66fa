using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>Cuts packets that are longer than the next link takes into fragments (RFC 791 section 3.2, RFC 4787
/// REQ-13a), in frames from the pool.</summary>
/// <remarks>Fragments have the addresses and ports that their packet came with: the later stages rewrite each, as they
/// do those that were received. They go in order, behind what was cut before; those that find no room in the batch go
/// with the next.</remarks>
internal sealed class FragmentCutter(FramePool pool)
{
    /// <summary>How many fragments stand in the queue: those of five packets of 64 KiB on a link of 1500 octets.
    /// </summary>
    internal const int Capacity = 256;

    private readonly Queue<CutFragment> _queue = new(Capacity);

    /// <summary>True if fragments are left for the next batch.</summary>
    internal bool AnyReady => _queue.Count > 0;

    /// <summary>Cuts a packet that routers may cut.</summary>
    /// <param name="frame">The packet's frame, as it was received; no super-frame.</param>
    /// <param name="facts">What was read from it.</param>
    /// <param name="verdict">What is to be done to it.</param>
    /// <param name="departure">Where it goes.</param>
    /// <param name="mtu">The longest packet that the link takes, in octets.</param>
    /// <returns><see cref="DropReason.None"/>, or why it does not go whole.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal DropReason Cut(Frame frame, in PacketFacts facts, in Verdict verdict, in Departure departure, int mtu)
    {
        Span<byte> octets = frame.Octets[..(facts.NetworkOffset + facts.NetworkLength)];
        ReadOnlySpan<byte> header = octets[facts.NetworkOffset..facts.TransportOffset];
        Span<byte> buffer = stackalloc byte[IPv4Header.MaxLength];
        ReadOnlySpan<byte> laterHeader = buffer[..IPv4Fragment.CopyHeader(header, buffer)];
        int payload = octets.Length - facts.TransportOffset;
        int first = RoomBehind(header, mtu);
        int later = RoomBehind(laterHeader, mtu);
        if (first < TransportHeaderLength(facts))
        {
            return DropReason.FragmentationNeeded; // RFC 1858: nobody could tell what it is
        }

        if (1 + ((payload - first + later - 1) / later) > Capacity - _queue.Count)
        {
            return DropReason.NoBuffer;
        }

        CompleteChecksum(frame, octets);
        int offset = 0;
        while (offset < payload)
        {
            int length = Math.Min(offset == 0 ? first : later, payload - offset);
            if (!TryMake(octets, facts, offset == 0 ? header : laterHeader, offset, length, out Frame made))
            {
                return DropReason.NoBuffer; // what was cut goes all the same: it is as if this one were lost
            }

            DropReason unreadable = PacketParser.Parse(made.Octets, out PacketFacts read);
            Debug.Assert(unreadable == DropReason.None, "What is cut from a packet that was read can be read.");
            _queue.Enqueue(new CutFragment(made, read, verdict, departure));
            offset += length;
        }

        return DropReason.None;
    }

    /// <summary>Puts fragments into the batch, as far as there is room.</summary>
    internal void Send(PacketBatch batch)
    {
        while (batch.HasRoom && _queue.TryDequeue(out CutFragment fragment))
        {
            _ = batch.TryAppend(fragment.Frame, out int index);
            batch.Facts[index] = fragment.Facts;
            batch.Verdicts[index] = fragment.Verdict;
            batch.Departures[index] = fragment.Departure;
        }
    }

    private static int RoomBehind(ReadOnlySpan<byte> header, int mtu)
        => (mtu - header.Length) / IPv4Fragment.Unit * IPv4Fragment.Unit;

    // What the first fragment must hold.
    private static int TransportHeaderLength(in PacketFacts facts) => facts.Kind switch
    {
        PacketKind.Tcp => facts.NetworkOffset + facts.NetworkLength - facts.TransportOffset - facts.TcpPayloadLength,
        PacketKind.Udp => UdpHeader.Length,
        PacketKind.IcmpQuery => IcmpHeader.Length,
        _ => IPv4Fragment.Unit,
    };

    // Nobody completes the checksum of a packet that goes in pieces.
    private static void CompleteChecksum(Frame frame, Span<byte> octets)
    {
        int start = frame.Header.ChecksumStart;
        int field = start + frame.Header.ChecksumOffset;
        if (frame.HasPartialChecksum && field + sizeof(ushort) <= octets.Length)
        {
            BinaryPrimitives.WriteUInt16BigEndian(octets[field..], InternetChecksum.CompletePartial(octets[start..]));
        }
    }

    // Offset and length are those of the fragment's part of the payload that is here, which may be a fragment's.
    private bool TryMake(
        ReadOnlySpan<byte> octets, in PacketFacts facts, ReadOnlySpan<byte> header, int offset, int length,
        out Frame frame)
    {
        if (!pool.TryRent(facts.NetworkOffset + header.Length + length, out frame))
        {
            return false;
        }

        octets[..facts.NetworkOffset].CopyTo(frame.Octets);
        Span<byte> packet = frame.Octets[facts.NetworkOffset..];
        header.CopyTo(packet);
        int start = facts.TransportOffset + offset;
        octets.Slice(start, length).CopyTo(packet[header.Length..]);
        bool isLast = start + length == octets.Length && !facts.MoreFragments;
        IPv4Fragment.Write(packet, header.Length, facts.FragmentOffset + offset, isLast);
        return true;
    }

    private readonly record struct CutFragment(Frame Frame, PacketFacts Facts, Verdict Verdict, Departure Departure);
}
