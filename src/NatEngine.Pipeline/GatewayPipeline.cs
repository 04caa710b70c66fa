using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Pipeline.Forwarding;
using NatEngine.Pipeline.Lanes;
using NatEngine.Pipeline.Placement;
using NatEngine.Pipeline.Stages;
using NatEngine.Translation;
using NatEngine.Translation.Policy;

namespace NatEngine.Pipeline;

/// <summary>One lane of the gateway: two devices, a translator, and the five stages between, on as many threads as the
/// layout says.</summary>
/// <remarks>
/// <code>
///  internal ring ─┐        full batches                                       ┌─ internal link
///                 ├─ rx ──► lookup ──► rewrite ──► checksum ──► tx ───────────┤
///  external ring ─┘ ▲         ▲                                 │             └─ external link
///                   │         └ questions, timers               │
///                   └───────────── empty batches ◄──────────────┘
/// </code>
/// <para>Each arrow is a call (<c>+</c> in the layout) or a bounded channel between two threads (<c>|</c>). The batches
/// are made at start and go round; nothing is allocated after that. A stage that is too slow holds them up until the
/// receiving thread finds none empty and takes no more frames: then the kernel counts ring drops.</para>
/// <para>Stopping completes the first channel; completion follows the last batch through every stage, so whatever was
/// received is transmitted. A stage that fails stops the lane, and <see cref="RunAsync"/> throws what it threw.</para>
/// </remarks>
public sealed class GatewayPipeline : IDisposable
{
    /// <summary>How many frames the pool that is given to a pipeline should have: as many as can be asked for at a
    /// time, by packets that wait for their next hop, fragments that wait for their first or for their batch, and what
    /// is made for a few batches.</summary>
    public const int PoolFrames = WaitingPackets.Capacity + WaitingFragments.Capacity + FragmentCutter.Capacity
        + (4 * PacketBatch.MaxOwnFrames);

    // A few tens of microseconds of the lookup stage's time.
    private const int SliceLength = 256;

    // A flag each.
    private const int AskedAgainAtOnce = 4096;

    private readonly Link _internal;
    private readonly Link _external;
    private readonly FramePoller _poller;
    private readonly LaneSignals _signals;
    private readonly ControlQueue _questions;
    private readonly IStage[] _stages;
    private readonly Lane _lane;

    /// <summary>Makes a pipeline, which does nothing until <see cref="RunAsync"/>.</summary>
    /// <param name="options">How it is laid out, and what stands on its two sides.</param>
    /// <param name="translator">Whose tables the lookup stage uses: nobody else may, until the pipeline has ended.
    /// </param>
    /// <param name="internalDevice">The device of <see cref="PipelineOptions.Internal"/>.</param>
    /// <param name="externalDevice">The device of <see cref="PipelineOptions.External"/>.</param>
    /// <param name="pool">Frames for what the gateway says itself; of <see cref="PoolFrames"/> slots.</param>
    /// <param name="exchange">Where frames of other lanes' are handed over; null for the only lane.</param>
    /// <remarks>Translator, devices, pool and exchange stay the caller's to dispose of, after the pipeline has ended.
    /// </remarks>
    /// <exception cref="ArgumentException">An option is out of bounds; the message names it and the rule.</exception>
    /// <exception cref="DeviceException">The kernel has no descriptor to wake the pipeline by.</exception>
    public GatewayPipeline(
        PipelineOptions options,
        Translator translator,
        IPacketDevice internalDevice,
        IPacketDevice externalDevice,
        FramePool pool,
        LaneExchange? exchange = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(translator);
        options.Validate();
        _internal = new Link(Realm.Internal, options.Internal);
        _external = new Link(Realm.External, options.External);
        _poller = options.Layout.Threads == 1
            ? new FramePoller(internalDevice, externalDevice)
            : FramePoller.OfArrivals(internalDevice, externalDevice);
        _signals = new LaneSignals(_poller);
        _questions = new ControlQueue(_signals);
        LaneInboxes? inboxes = exchange?.InboxesOf(options.Lane, _signals);
        LookupStage lookup = new(
            _internal, _external, translator, options.MaxNeighbours, pool, _signals, _questions,
            exchange is null ? null : new LaneBorder(exchange, options.Lane));
        _stages =
        [
            new ReceiveStage(
                internalDevice, externalDevice, _internal.Meter, _external.Meter, options.Clock, inboxes),
            lookup,
            new RewriteStage(_internal, _external),
            new ChecksumStage(),
            new TransmitStage(
                internalDevice, externalDevice, _internal.Meter, _external.Meter, pool, options.BatchSize, exchange,
                inboxes),
        ];
        DropLog drops = new();
        _lane = new Lane(options, _stages, _signals, _poller, drops);
        Packets = new PacketQuestions(this, lookup, drops);
    }

    /// <summary>What may be asked about packets.</summary>
    public PacketQuestions Packets { get; }

    /// <summary>Completes when every thread of the pipeline runs.</summary>
    public Task Ready => _lane.Ready;

    /// <summary>Whether all of its threads come before ordinary ones; known once <see cref="Ready"/>.</summary>
    public bool IsRealtime => _lane.IsRealtime;

    /// <summary>The stages in their order, for tests and benchmarks that drive them by hand.</summary>
    internal IReadOnlyList<IStage> Stages => _stages;

    /// <summary>The batches that go round, for the same.</summary>
    internal IReadOnlyList<PacketBatch> Batches => _lane.Batches;

    /// <summary>Whether a thread of the pipeline is left.</summary>
    internal bool IsAnyThreadAlive => _lane.IsAnyThreadAlive;

    /// <summary>Forwards packets until told to stop.</summary>
    /// <param name="stop">Ends the pipeline in order: no more frames are received, and what was received is
    /// transmitted.</param>
    /// <returns>Completes when no thread of the pipeline is left; faulted with what a stage threw, if one
    /// did.</returns>
    /// <exception cref="InvalidOperationException">It was called before: a pipeline runs once.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await _lane.RunAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            _questions.Close();
        }
    }

    /// <summary>Has a question answered on the thread that owns the tables, between two batches.</summary>
    /// <param name="question">What is asked of the translator, at what time. Packets wait while it runs: it should look
    /// at no more than some hundred sessions, and be asked again for the rest.</param>
    /// <returns>The answer; faulted with what <paramref name="question"/> threw, which does the pipeline no harm;
    /// cancelled if the pipeline has ended or ends before.</returns>
    public Task<TAnswer> AskAsync<TAnswer>(Func<Translator, Timestamp, TAnswer> question)
    {
        ControlQuestion<TAnswer> asked = new(question);
        _questions.Post(asked);
        return asked.Task;
    }

    /// <summary>Takes note that something keeps other ports of the external address from the kernel than
    /// <see cref="GatewayPort.GuardedTcpPorts"/> and <see cref="GatewayPort.GuardedUdpPorts"/> of the external port
    /// said.</summary>
    public void Guard(IReadOnlyList<PortRange> tcpPorts, IReadOnlyList<PortRange> udpPorts)
        => _external.Guard(tcpPorts, udpPorts);

    /// <summary>Asks other rules from now on: of sessions to come at once, of those that there are slice by
    /// slice.</summary>
    /// <param name="succession">From the rules that are asked now to others.</param>
    /// <param name="cancel">Leaves it half done: the new rules are asked, of some sessions not yet.</param>
    /// <returns>What the rules before had still to log, when every session's next packet will be held against the new
    /// ones.</returns>
    public async Task<RuleLogEntry[]> AdoptAsync(RuleSuccession succession, CancellationToken cancel = default)
    {
        RuleLogEntry[] left = await AskAsync((translator, _) =>
        {
            translator.Adopt(succession.After);
            succession.Complete();
            return succession.Before.TakeLog(out long _);
        }).ConfigureAwait(false);
        uint cursor = 0;
        await SendAsync(
            translator =>
            {
                translator.AskAgain(ref cursor, AskedAgainAtOnce);
                return cursor != Translator.EndOfList;
            },
            cancel).ConfigureAwait(false);
        return left;
    }

    /// <summary>Ends some sessions, slice by slice, if they are still there.</summary>
    /// <param name="sessions">The sessions, as they were listed.</param>
    /// <param name="cancel">Leaves some of them.</param>
    /// <returns>How many were ended.</returns>
    public async Task<int> DeleteSessionsAsync(
        IReadOnlyList<SessionSnapshot> sessions, CancellationToken cancel = default)
    {
        int ended = 0;
        int next = 0;
        await SendAsync(
            translator =>
            {
                int end = Math.Min(next + SliceLength, sessions.Count);
                for (; next < end; next++)
                {
                    ended += translator.Delete(sessions[next].Original, sessions[next].Id) ? 1 : 0;
                }

                return next < sessions.Count;
            },
            cancel).ConfigureAwait(false);
        return ended;
    }

    /// <summary>Lists the sessions, slice by slice, while packets go on: one that opens or ends meanwhile may be in the
    /// list or not.</summary>
    public IAsyncEnumerable<SessionSnapshot> ListSessionsAsync(CancellationToken cancel = default)
        => PickSessionsAsync(static (_, _) => true, cancel);

    /// <summary>Ends the sessions that match, slice by slice: those of a slice all in the moment in which they are
    /// seen.</summary>
    /// <param name="match">Tells them. Packets wait while it is asked about a few hundred sessions.</param>
    /// <param name="cancel">Ends the matter where it has got to.</param>
    /// <returns>What they were when they were ended.</returns>
    public IAsyncEnumerable<SessionSnapshot> DeleteSessionsAsync(
        Predicate<SessionSnapshot> match, CancellationToken cancel = default)
        => PickSessionsAsync(
            (translator, session) => match(session) && translator.Delete(session.Original, session.Id), cancel);

    /// <summary>Ends every session, slice by slice.</summary>
    /// <returns>How many were ended.</returns>
    public async Task<int> FlushSessionsAsync(CancellationToken cancel = default)
    {
        int total = 0;
        uint cursor = 0;
        await SendAsync(
            translator =>
            {
                total += translator.Flush(ref cursor, SliceLength);
                return cursor != Translator.EndOfList;
            },
            cancel).ConfigureAwait(false);
        return total;
    }

    /// <summary>Reads what was counted. May be called at any time, from any thread, without stopping
    /// anything.</summary>
    public PipelineCounters ReadCounters() => new(
        _internal.Meter.Read(),
        _external.Meter.Read(),
        Enum.GetValues<DropReason>()
            .Where(reason => reason != DropReason.None)
            .ToDictionary(reason => reason, _lane.Dropped));

    /// <summary>Frees what the pipeline has of its own; it must not be running.</summary>
    public void Dispose()
    {
        _questions.Close();
        _poller.Dispose();
    }

    // What has no answer but its end; a slice says whether there is another.
    private Task SendAsync(Func<Translator, bool> slice, CancellationToken cancel)
    {
        ControlErrand errand = new(slice, cancel);
        _questions.Post(errand);
        return errand.Task;
    }

    private async IAsyncEnumerable<SessionSnapshot> PickSessionsAsync(
        Func<Translator, SessionSnapshot, bool> pick, [EnumeratorCancellation] CancellationToken cancel)
    {
        SessionSnapshot[] slice = new SessionSnapshot[SliceLength];
        uint cursor = 0;
        while (cursor != Translator.EndOfList)
        {
            cancel.ThrowIfCancellationRequested();
            (int count, cursor) = await AskAsync((translator, now) =>
            {
                uint at = cursor;
                int listed = translator.List(ref at, now, slice);
                int picked = 0;
                for (int index = 0; index < listed; index++)
                {
                    SessionSnapshot session = slice[index];
                    if (pick(translator, session))
                    {
                        slice[picked++] = session;
                    }
                }

                return (picked, at);
            }).ConfigureAwait(false);
            for (int index = 0; index < count; index++)
            {
                yield return slice[index];
            }
        }
    }
}
