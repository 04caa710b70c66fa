using NatEngine.Translation;

namespace NatEngine.Pipeline.Lanes;

/// <summary>The two inboxes of a lane, as its receive stage sees them.</summary>
internal sealed class LaneInboxes(FrameInbox internalInbox, FrameInbox externalInbox)
{
    private bool _devicesTurn;

    /// <summary>Fills the batch with what was handed over, unless it was filled so the last time.</summary>
    /// <returns>False if it is the devices' turn, or nothing was handed over.</returns>
    internal bool TryTake(PacketBatch batch, Timestamp now)
    {
        if (_devicesTurn)
        {
            _devicesTurn = false;
            return false;
        }

        batch.Take(internalInbox, Realm.Internal, now);
        if (batch.Count == 0)
        {
            batch.Take(externalInbox, Realm.External, now);
        }

        _devicesTurn = batch.Count > 0;
        return _devicesTurn;
    }

    /// <summary>Gives frames of one side back.</summary>
    internal void Return(PacketBatch batch)
        => (batch.Ingress == Realm.Internal ? internalInbox : externalInbox).Return(batch.ReceivedFrames);
}
