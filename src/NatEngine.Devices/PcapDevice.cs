using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>A device that receives the frames of one capture file and writes what is transmitted to another, for
/// tests.</summary>
/// <remarks>
/// <para>Frames that the file holds only in part, or that no slot could hold, are passed over and counted as truncated.
/// They come as ordinary frames: a capture file has no virtio header. What is transmitted is written as it is: of a
/// frame with a partial checksum, the partial checksum.</para>
/// <para>The poll handle is readable until the file has come to its end.</para>
/// </remarks>
public sealed class PcapDevice : IPacketDevice
{
    private readonly PcapReader? _reader;
    private readonly PcapWriter? _writer;
    private readonly FramePool _slots;
    private readonly EventCounter _readable;
    private bool _ended;
    private long _receivedFrames;
    private long _truncatedFrames;
    private long _transmittedFrames;
    private long _transmitFailures;

    private PcapDevice(string name, PcapReader? reader, PcapWriter? writer, int slots)
    {
        Name = name;
        _reader = reader;
        _writer = writer;
        _slots = new FramePool(slots);
        _readable = new EventCounter(name);
        _ended = reader is null;
        if (!_ended)
        {
            _readable.Signal();
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public SafeHandle PollHandle => _readable.Handle;

    /// <summary>Whether every frame of the file has been received.</summary>
    public bool HasEnded => Volatile.Read(ref _ended);

    /// <summary>Opens capture files.</summary>
    /// <param name="name">The name it gives as its interface's.</param>
    /// <param name="receiveFrom">The file whose frames are received; null to receive none.</param>
    /// <param name="transmitTo">The file that transmitted frames are written to, made anew; null to write none.</param>
    /// <param name="slots">Received frames that can be held at a time.</param>
    /// <param name="clock">What transmitted frames are stamped with; the system's clock if null.</param>
    /// <exception cref="DeviceException">A file cannot be opened, is no pcap file of Ethernet frames, or is
    /// damaged.</exception>
    public static PcapDevice Open(
        string name, string? receiveFrom, string? transmitTo, int slots = 256, TimeProvider? clock = null)
    {
        try
        {
            PcapReader? reader = receiveFrom is null ? null : new PcapReader(File.OpenRead(receiveFrom), receiveFrom);
            PcapWriter? writer = transmitTo is null
                ? null
                : new PcapWriter(File.Create(transmitTo), clock ?? TimeProvider.System);
            return new PcapDevice(name, reader, writer, slots);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(error.Message);
        }
    }

    /// <inheritdoc/>
    public int Receive(Span<Frame> frames)
    {
        int count = 0;
        while (count < frames.Length && !_ended && _slots.TryRent(FramePool.MaxFrameLength, out Frame room))
        {
            if (TryReadWhole(room, out Frame frame))
            {
                frames[count++] = frame;
            }
            else
            {
                _slots.Return(new ReadOnlySpan<Frame>(in room));
            }
        }

        Volatile.Write(ref _receivedFrames, _receivedFrames + count);
        return count;
    }

    /// <inheritdoc/>
    public void Release(ReadOnlySpan<Frame> frames) => _slots.Return(frames);

    /// <inheritdoc/>
    public int Transmit(ReadOnlySpan<Frame> frames)
    {
        for (int i = 0; i < frames.Length; i++)
        {
            if (!TryWrite(frames[i]))
            {
                Volatile.Write(ref _transmitFailures, _transmitFailures + frames.Length - i);
                return i;
            }
        }

        Volatile.Write(ref _transmittedFrames, _transmittedFrames + frames.Length);
        return frames.Length;
    }

    /// <inheritdoc/>
    public DeviceStatistics ReadStatistics() => new(
        Volatile.Read(ref _receivedFrames),
        Volatile.Read(ref _transmittedFrames),
        RingDrops: 0,
        Volatile.Read(ref _truncatedFrames),
        TransmitRetries: 0,
        Volatile.Read(ref _transmitFailures));

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader?.Dispose();
        _writer?.Dispose();
        _readable.Dispose();
        _slots.Dispose();
    }

    // False for a frame that is passed over, and at the end.
    private bool TryReadWhole(Frame room, out Frame frame)
    {
        frame = room;
        if (!_reader!.TryReadRecord(out int captured, out int original))
        {
            Volatile.Write(ref _ended, true);
            _readable.Clear();
            return false;
        }

        if (captured < original || captured > FramePool.MaxFrameLength)
        {
            Volatile.Write(ref _truncatedFrames, _truncatedFrames + 1);
            _reader.SkipOctets(captured);
            return false;
        }

        frame = room.WithLength(captured);
        _reader.ReadOctets(frame.Octets);
        return true;
    }

    // A full disk is a link that takes no more.
    private bool TryWrite(Frame frame)
    {
        if (_writer is null)
        {
            return true;
        }

        try
        {
            _writer.Write(frame.Octets);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
