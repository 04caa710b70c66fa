using System;
using NatEngine.Devices;
using NatEngine.Pipeline.Forwarding;
using NatEngine.Pipeline.Lanes;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Stages;

/// <summary>Fills a batch with what waits at one of the two devices, and reads the clock for it. Parses
/// nothing.</summary>
/// <remarks>The devices take turns, whichever is busier: neither waits longer than one batch of the other, and one of
/// what other lanes have handed over. A batch that stays empty says that nothing waits anywhere.</remarks>
internal sealed class ReceiveStage(
    IPacketDevice internalDevice, IPacketDevice externalDevice, PortMeter internalMeter, PortMeter externalMeter,
    TimeProvider clock, LaneInboxes? inboxes = null) : IStage
{
    private readonly long _start = clock.GetTimestamp();
    private Realm _turn;

    /// <inheritdoc/>
    public void Process(PacketBatch batch)
    {
        Timestamp now = new((long)clock.GetElapsedTime(_start).TotalMilliseconds);
        if (inboxes is not null && inboxes.TryTake(batch, now))
        {
            return;
        }

        Realm first = _turn;
        Realm second = Opposite(first);
        if (TryReceive(batch, first, now) || TryReceive(batch, second, now))
        {
            _turn = batch.Ingress == first ? second : first;
            return;
        }

        // It may have been the devices' turn: whoever sleeps now has been woken for what other lanes handed over
        // already, and would not be again.
        inboxes?.TryTake(batch, now);
    }

    private static Realm Opposite(Realm realm) => realm == Realm.Internal ? Realm.External : Realm.Internal;

    private bool TryReceive(PacketBatch batch, Realm realm, Timestamp now)
    {
        batch.Receive(realm == Realm.Internal ? internalDevice : externalDevice, realm, now);
        if (batch.Count == 0)
        {
            return false;
        }

        (realm == Realm.Internal ? internalMeter : externalMeter).CountReceived(batch.ReceivedFrames);
        return true;
    }
}
