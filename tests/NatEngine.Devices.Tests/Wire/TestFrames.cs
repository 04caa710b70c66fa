using System;
using System.Buffers.Binary;

namespace NatEngine.Devices.Tests.Wire;

/// <summary>Frames to send: IPv4 from b0 to a0, numbered, and told by their octets whether they came whole.</summary>
internal static class TestFrames
{
    internal const int Shortest = 60;
    private const int NumberOffset = 42;

    /// <summary>Writes numbered frame <paramref name="number"/> over the whole span.</summary>
    internal static void Write(Span<byte> octets, int number)
    {
        VethPair.AddressOfA.CopyTo(octets);
        VethPair.AddressOfB.CopyTo(octets[6..]);
        octets[12] = 0x08; // IPv4
        octets[13] = 0x00;
        octets[14] = 0x45;
        octets[15] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(octets[16..], (ushort)(octets.Length - 14));
        octets[18..42].Clear();
        octets[22] = 64; // time to live
        octets[23] = 17; // UDP
        ((ReadOnlySpan<byte>)[203, 0, 113, 1]).CopyTo(octets[26..]);
        ((ReadOnlySpan<byte>)[198, 51, 100, 1]).CopyTo(octets[30..]);
        BinaryPrimitives.WriteInt32LittleEndian(octets[NumberOffset..], number);
        octets[(NumberOffset + 4)..].Fill((byte)number);
    }

    /// <summary>The number in a frame, −1 if the frame is not as it was written.</summary>
    internal static int Read(ReadOnlySpan<byte> octets)
    {
        int number = BinaryPrimitives.ReadInt32LittleEndian(octets[NumberOffset..]);
        byte[] expected = new byte[octets.Length];
        Write(expected, number);
        return octets.SequenceEqual(expected) ? number : -1;
    }

    /// <summary>Rents a numbered frame.</summary>
    internal static Frame Rent(FramePool pool, int number, int length = Shortest)
    {
        Assert.True(pool.TryRent(length, out Frame frame));
        Write(frame.Octets, number);
        return frame;
    }

    /// <summary>Sends numbered frames in batches of 32.</summary>
    internal static void Send(AfPacketDevice device, int first, int count, Func<int, int>? length = null)
    {
        using FramePool pool = new(32);
        Frame[] batch = new Frame[32];
        for (int sent = 0; sent < count;)
        {
            int size = Math.Min(batch.Length, count - sent);
            for (int i = 0; i < size; i++)
            {
                batch[i] = Rent(pool, first + sent + i, length?.Invoke(first + sent + i) ?? Shortest);
            }

            Assert.Equal(size, device.Transmit(batch.AsSpan(0, size)));
            pool.Return(batch.AsSpan(0, size));
            sent += size;
        }
    }
}
