using System;
using System.Linq;
using System.Threading;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Pipeline.Placement;
using NatEngine.Translation;
using NatEngine.Translation.Policy;

namespace NatEngine.Pipeline.Lanes;

/// <summary>What the lanes of one gateway have in common: who is whose, and the way for frames that the kernel gave to
/// the wrong one.</summary>
/// <remarks>Made before the lanes, and disposed of after all of them have ended.</remarks>
public sealed class LaneExchange : IDisposable
{
    private readonly FrameInbox[] _internal;
    private readonly FrameInbox[] _external;
    private long _handed;

    /// <summary>Makes it.</summary>
    /// <param name="options">Which addresses and published services there are; whichever lane's they are.</param>
    /// <param name="division">Who is whose.</param>
    /// <exception cref="DeviceException">There is no address space for the buffers.</exception>
    public LaneExchange(TranslationOptions options, LaneDivision division)
    {
        ArgumentNullException.ThrowIfNull(options);
        Steering = new LaneSteering(options, division);
        _internal = [.. Enumerable.Range(0, division.Lanes).Select(_ => new FrameInbox())];
        _external = [.. Enumerable.Range(0, division.Lanes).Select(_ => new FrameInbox())];
    }

    /// <summary>How many lanes there are.</summary>
    public int Lanes => Steering.Lanes;

    /// <summary>How many frames were handed from one lane to another, those included that turned round in the gateway
    /// from one's host to another's, and each copy of news that all want to hear.</summary>
    public long HandedFrames => Volatile.Read(ref _handed);

    /// <summary>Who is whose.</summary>
    internal LaneSteering Steering { get; }

    /// <summary>What the kernel is to steer the frames of one side by.</summary>
    public SteeringProgram ProgramOf(Realm side) => Steering.ProgramOf(side);

    /// <summary>Whether a packet with a tuple that comes in from a realm is a lane's; from any thread.</summary>
    public bool IsOwn(int lane, FlowTuple tuple, Realm ingress) => Steering.LaneOf(tuple, ingress) == lane;

    /// <summary>Steers by the services of other rules from now on; from any thread. What the kernel gives to the wrong
    /// lane, because it knows of the first ones only, is handed over.</summary>
    public void Adopt(RuledServices services) => Steering.Adopt(services);

    /// <summary>Whether a session would be where its packets come to, both ways, if rules had these services.</summary>
    public bool Keeps(int lane, in SessionSnapshot session, RuledServices services)
        => Steering.LaneOf(session.Original, session.OriginalIngress, services) == lane
            && Steering.LaneOf(session.Reply, session.ReplyIngress, services) == lane;

    /// <summary>Where a lane finds what others hand to it.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="signals">What wakes its receiving thread.</param>
    internal LaneInboxes InboxesOf(int lane, LaneSignals signals)
    {
        _internal[lane].WakeBy(signals.Wake);
        _external[lane].WakeBy(signals.Wake);
        return new LaneInboxes(_internal[lane], _external[lane]);
    }

    /// <summary>Hands a copy of a frame to a lane, as if it had received it on one side.</summary>
    /// <returns>False if there is no room.</returns>
    internal bool TryHand(int lane, Realm side, Frame frame)
    {
        if (!(side == Realm.Internal ? _internal : _external)[lane].TryGive(frame))
        {
            return false;
        }

        Interlocked.Increment(ref _handed);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FrameInbox inbox in _internal.Concat(_external))
        {
            inbox.Dispose();
        }
    }
}
