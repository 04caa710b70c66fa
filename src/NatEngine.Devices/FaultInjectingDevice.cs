using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace NatEngine.Devices;

/// <summary>A device in front of another that loses, repeats, swaps, damages and refuses frames, for tests of what
/// stands behind it.</summary>
/// <remarks>
/// <para>Received frames are copied into slots of this device and released to the inner one at once, so that a lost
/// frame or a repeated one leaves the inner ring's order alone. Frames to transmit stay where they are: a damaged one
/// is repaired once it is sent.</para>
/// <para>Receiving and transmitting have random sequences of their own, from one seed: each direction's faults repeat
/// exactly, whatever the threads do.</para>
/// </remarks>
public sealed class FaultInjectingDevice : IPacketDevice
{
    private readonly IPacketDevice _inner;
    private readonly FramePool _slots;
    private readonly FaultDice _receiveDice;
    private readonly FaultDice _transmitDice;
    private readonly Frame[] _one = new Frame[1];
    private long _ringDrops;

    /// <summary>Puts faults in front of a device, which it will dispose of.</summary>
    /// <param name="inner">The device that frames come from and go to.</param>
    /// <param name="seed">What the random sequences start from.</param>
    /// <param name="receive">Faults of frames coming from <paramref name="inner"/>; none if null.</param>
    /// <param name="transmit">Faults of frames going to <paramref name="inner"/>; none if null.</param>
    /// <param name="slots">Received frames that can be held at a time; one more is a ring drop.</param>
    public FaultInjectingDevice(
        IPacketDevice inner, int seed, FaultRates? receive = null, FaultRates? transmit = null, int slots = 1024)
    {
        _inner = inner;
        _slots = new FramePool(slots);
        _receiveDice = new FaultDice(receive ?? FaultRates.None, seed);
        _transmitDice = new FaultDice(transmit ?? FaultRates.None, ~seed);
    }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public SafeHandle PollHandle => _inner.PollHandle;

    /// <inheritdoc/>
    public bool IsReadableWhileHeld => _inner.IsReadableWhileHeld;

    /// <summary>Reads how many faults were injected so far.</summary>
    public FaultStatistics ReadFaults()
    {
        FaultStatistics received = _receiveDice.Statistics;
        FaultStatistics transmitted = _transmitDice.Statistics;
        return new FaultStatistics(
            received.Dropped + transmitted.Dropped,
            received.Duplicated + transmitted.Duplicated,
            received.Reordered + transmitted.Reordered,
            received.Corrupted + transmitted.Corrupted,
            received.Refused + transmitted.Refused);
    }

    /// <inheritdoc/>
    public int Receive(Span<Frame> frames)
    {
        int count = 0;
        while (count < frames.Length && !_receiveDice.Refuses() && _inner.Receive(_one) == 1)
        {
            int first = count;
            if (!_receiveDice.Drops())
            {
                count += Copy(_one[0], frames[count..]);
                if (count < frames.Length && _receiveDice.Duplicates())
                {
                    count += Copy(_one[0], frames[count..]);
                }
            }

            _inner.Release(_one);
            if (first > 0 && count > first && _receiveDice.Reorders())
            {
                (frames[first - 1], frames[first]) = (frames[first], frames[first - 1]);
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public void Release(ReadOnlySpan<Frame> frames) => _slots.Return(frames);

    /// <inheritdoc/>
    public int Transmit(ReadOnlySpan<Frame> frames)
    {
        int done = 0;
        while (done < frames.Length && !_transmitDice.Refuses())
        {
            bool swap = done + 1 < frames.Length && _transmitDice.Reorders();
            if (swap && !TrySend(frames.Slice(done + 1, 1)))
            {
                break;
            }

            // When the second of a swapped pair went out and the first is refused, the first is simply lost.
            if (!TrySend(frames.Slice(done, 1)) && !swap)
            {
                break;
            }

            done += swap ? 2 : 1;
        }

        return done;
    }

    /// <inheritdoc/>
    public DeviceStatistics ReadStatistics()
    {
        DeviceStatistics inner = _inner.ReadStatistics();
        return inner with { RingDrops = inner.RingDrops + Volatile.Read(ref _ringDrops) };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inner.Dispose();
        _slots.Dispose();
    }

    private int Copy(Frame frame, Span<Frame> to)
    {
        if (!_slots.TryRent(frame.Length, out Frame copy))
        {
            Volatile.Write(ref _ringDrops, _ringDrops + 1);
            return 0;
        }

        frame.Octets.CopyTo(copy.Octets);
        copy.Header = frame.Header;
        _receiveDice.Corrupts(copy.Octets);
        to[0] = copy;
        return 1;
    }

    private bool TrySend(ReadOnlySpan<Frame> frame)
    {
        if (_transmitDice.Drops())
        {
            return true;
        }

        Span<byte> octets = frame[0].Octets;
        (int index, byte bit) = _transmitDice.Corrupts(octets);
        bool sent = _inner.Transmit(frame) == 1;
        if (sent && _transmitDice.Duplicates())
        {
            _inner.Transmit(frame);
        }

        if (bit != 0)
        {
            octets[index] ^= bit;
        }

        return sent;
    }
}
