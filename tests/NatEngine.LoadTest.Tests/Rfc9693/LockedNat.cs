using System;
using System.Runtime.InteropServices;
using System.Threading;
using NatEngine.Devices;

namespace NatEngine.LoadTest.Tests.Rfc9693;

/// <summary>A <see cref="SimulatedNat"/> that two threads may use.</summary>
internal sealed class LockedNat : IDisposable
{
    private readonly SimulatedNat _nat = new();
    private readonly Lock _lock = new();

    public LockedNat()
    {
        Inside = new Face(_nat.Inside, _lock);
        Outside = new Face(_nat.Outside, _lock);
    }

    public IPacketDevice Inside { get; }

    public IPacketDevice Outside { get; }

    public void Dispose() => _nat.Dispose();

    private sealed class Face(IPacketDevice inner, Lock gate) : IPacketDevice
    {
        public string Name => inner.Name;

        public SafeHandle PollHandle => inner.PollHandle;

        public int Receive(Span<Frame> frames)
        {
            lock (gate)
            {
                return inner.Receive(frames);
            }
        }

        public void Release(ReadOnlySpan<Frame> frames)
        {
            lock (gate)
            {
                inner.Release(frames);
            }
        }

        public int Transmit(ReadOnlySpan<Frame> frames)
        {
            lock (gate)
            {
                return inner.Transmit(frames);
            }
        }

        public DeviceStatistics ReadStatistics() => inner.ReadStatistics();

        public void Dispose() => inner.Dispose();
    }
}
