using System;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Pipeline.Forwarding;
using NatEngine.Pipeline.Lanes;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Stages;

/// <summary>Hands the frames to the devices they leave by, in order, and gives every frame of the batch back to its
/// owner: sent, dropped or left alone.</summary>
internal sealed class TransmitStage : IStage
{
    private readonly Outlet _internal;
    private readonly Outlet _external;
    private readonly FramePool _pool;
    private readonly LaneExchange? _exchange;
    private readonly LaneInboxes? _inboxes;

    internal TransmitStage(
        IPacketDevice internalDevice, IPacketDevice externalDevice, PortMeter internalMeter, PortMeter externalMeter,
        FramePool pool, int batchSize, LaneExchange? exchange = null, LaneInboxes? inboxes = null)
    {
        _internal = new Outlet(internalDevice, internalMeter, batchSize + PacketBatch.MaxOwnFrames);
        _external = new Outlet(externalDevice, externalMeter, batchSize + PacketBatch.MaxOwnFrames);
        _pool = pool;
        _exchange = exchange;
        _inboxes = inboxes;
    }

    /// <inheritdoc/>
    public void Process(PacketBatch batch)
    {
        ReadOnlySpan<Frame> frames = batch.Frames;
        ReadOnlySpan<Departure> departures = batch.Departures;
        for (int index = 0; index < departures.Length; index++)
        {
            if (departures[index].Disposition is Disposition.Forward or Disposition.Send)
            {
                OutletOf(departures[index].Egress).Add(frames[index], index);
            }
            else if (departures[index].Disposition == Disposition.Cross)
            {
                Cross(batch, index);
            }
        }

        _internal.Flush(batch);
        _external.Flush(batch);

        // What was transmitted has been copied by the kernel, so the slots are free: in the order of their ring,
        // because batches come through the pipeline in the order in which they were received.
        if (batch.ReceivedCount > 0)
        {
            Release(batch);
        }

        if (batch.Count > batch.ReceivedCount)
        {
            _pool.Return(batch.OwnFrames);
        }

        batch.Clear();
    }

    // Handed over by another lane, they are copies, and the device knows nothing of them.
    private void Release(PacketBatch batch)
    {
        if (batch.IsHanded)
        {
            _inboxes!.Return(batch);
        }
        else
        {
            OutletOf(batch.Ingress).Device.Release(batch.ReceivedFrames);
        }
    }

    private void Cross(PacketBatch batch, int index)
    {
        if (!_exchange!.TryHand(batch.Departures[index].Lane, batch.Departures[index].Egress, batch.Frames[index]))
        {
            batch.Drop(index, DropReason.HandOverFull);
        }
    }

    private Outlet OutletOf(Realm egress) => egress == Realm.Internal ? _internal : _external;

    // The frames of one batch that leave by one device, so that it is called once for them all.
    private sealed class Outlet(IPacketDevice device, PortMeter meter, int capacity)
    {
        private readonly Frame[] _frames = new Frame[capacity];
        private readonly int[] _indices = new int[capacity];
        private int _count;

        internal IPacketDevice Device => device;

        internal void Add(Frame frame, int index)
        {
            _frames[_count] = frame;
            _indices[_count] = index;
            _count++;
        }

        internal void Flush(PacketBatch batch)
        {
            if (_count == 0)
            {
                return;
            }

            int done = device.Transmit(_frames.AsSpan(0, _count));
            meter.CountTransmitted(_frames.AsSpan(0, done));
            for (int refused = done; refused < _count; refused++)
            {
                batch.Drop(_indices[refused], DropReason.TransmitFailed);
            }

            _count = 0;
        }
    }
}
