using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;

namespace NatEngine.Pipeline.Tests;

/// <summary>Cuts packets into fragments and puts them together, octet by octet (RFC 791 section 3.2).</summary>
internal static class Pieces
{
    private const int Ethernet = Packet.EthernetLength;
    private const int Headers = Ethernet + 20;

    /// <summary>The fragments of a packet without options, in order.</summary>
    public static List<byte[]> Cut(byte[] frame, int payload, ushort identification)
    {
        List<byte[]> pieces = [];
        for (int offset = 0; offset < frame.Length - Headers; offset += payload)
        {
            pieces.Add(Piece(frame, offset, payload, identification));
        }

        return pieces;
    }

    /// <summary>The fragment that holds so many octets from <paramref name="offset"/> on; the last if they reach the
    /// end.</summary>
    public static byte[] Piece(byte[] frame, int offset, int payload, ushort identification)
    {
        int length = Math.Min(payload, frame.Length - Headers - offset);
        bool isLast = Headers + offset + length == frame.Length;
        byte[] piece = [.. frame.AsSpan(0, Headers), .. frame.AsSpan(Headers + offset, length)];
        BinaryPrimitives.WriteUInt16BigEndian(piece.AsSpan(Ethernet + 2), (ushort)(20 + length));
        BinaryPrimitives.WriteUInt16BigEndian(piece.AsSpan(Ethernet + 4), identification);
        return piece.WithFragment((ushort)((isLast ? 0 : 0x2000) | (offset / 8)));
    }

    /// <summary>Reassembles a packet, every octet of which must be there once, and checks its checksums.</summary>
    public static Sent Join(IEnumerable<Sent> pieces)
    {
        Sent[] inOrder = [.. pieces.OrderBy(piece => piece.FragmentOffset)];
        byte[] frame = [.. inOrder[0].Octets[..(Ethernet + inOrder[0].HeaderLength)]];
        foreach (Sent piece in inOrder)
        {
            Assert.Equal(frame.Length - Ethernet - inOrder[0].HeaderLength, piece.FragmentOffset);
            Assert.Equal(piece != inOrder[^1], piece.MoreFragments);
            Assert.Equal(
                (inOrder[0].Source, inOrder[0].Destination, inOrder[0].Identification, inOrder[0].Protocol),
                (piece.Source, piece.Destination, piece.Identification, piece.Protocol));
            frame = [.. frame, .. piece.Payload];
        }

        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(Ethernet + 2), (ushort)(frame.Length - Ethernet));
        return Sent.Read(frame.WithFragment(0));
    }
}
