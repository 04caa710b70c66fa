using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Packets;
using NatEngine.Translation;
using NatEngine.Translation.Policy;

namespace NatEngine.Pipeline;

/// <summary>The lanes of one gateway, seen as one: what is asked of it is asked of each of them.</summary>
/// <remarks>An answer that several lanes gave is of as many moments. A session never moves from one to another.
/// </remarks>
public sealed class GatewayLanes
{
    private readonly GatewayPipeline[] _lanes;

    /// <summary>Makes one of several.</summary>
    /// <param name="lanes">The lanes, in their order; at least one. They stay the caller's to dispose of.</param>
    public GatewayLanes(IEnumerable<GatewayPipeline> lanes)
    {
        _lanes = [.. lanes];
        ArgumentOutOfRangeException.ThrowIfZero(_lanes.Length);
        Ready = Task.WhenAll(_lanes.Select(lane => lane.Ready));
    }

    /// <summary>How many there are.</summary>
    public int Count => _lanes.Length;

    /// <summary>Completes when every thread of every lane runs.</summary>
    public Task Ready { get; }

    /// <summary>Whether all of their threads come before ordinary ones; known once <see cref="Ready"/>.</summary>
    public bool IsRealtime => _lanes.All(lane => lane.IsRealtime);

    /// <summary>One of the lanes.</summary>
    public GatewayPipeline this[int lane] => _lanes[lane];

    /// <summary>Forwards packets until told to stop, or until a lane fails.</summary>
    /// <param name="stop">Ends all lanes in order.</param>
    /// <returns>Completes when no thread of any lane is left; faulted with what the first to fail has thrown.</returns>
    public async Task RunAsync(CancellationToken stop)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] running = [.. _lanes.Select(lane => lane.RunAsync(ending.Token))];
        Task first = await Task.WhenAny(running).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false); // a gateway without one of its lanes is none
        await Task.WhenAll(running).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)
            .ConfigureAwait(false);
        await first.ConfigureAwait(false);
        await Task.WhenAll(running).ConfigureAwait(false);
    }

    /// <summary>Has each lane answer a question; see <see cref="GatewayPipeline.AskAsync"/>.</summary>
    /// <returns>The answers, in the order of the lanes.</returns>
    public Task<TAnswer[]> AskAsync<TAnswer>(Func<Translator, Timestamp, TAnswer> question)
        => Task.WhenAll(_lanes.Select(lane => lane.AskAsync(question)));

    /// <summary>Has all lanes ask other rules; see <see cref="GatewayPipeline.AdoptAsync"/>.</summary>
    /// <param name="successions">For each lane, from its program to another: all of the same rules.</param>
    /// <returns>What the rules before had still to log, in the order of the lanes.</returns>
    public Task<RuleLogEntry[][]> AdoptAsync(IReadOnlyList<RuleSuccession> successions)
        => Task.WhenAll(_lanes.Select((lane, place) => lane.AdoptAsync(successions[place])));

    /// <inheritdoc cref="GatewayPipeline.Guard"/>
    public void Guard(IReadOnlyList<PortRange> tcpPorts, IReadOnlyList<PortRange> udpPorts)
    {
        foreach (GatewayPipeline lane in _lanes)
        {
            lane.Guard(tcpPorts, udpPorts);
        }
    }

    /// <inheritdoc cref="GatewayPipeline.ListSessionsAsync"/>
    public IAsyncEnumerable<SessionSnapshot> ListSessionsAsync(CancellationToken cancel = default)
        => EachAsync((lane, token) => lane.ListSessionsAsync(token), cancel);

    /// <inheritdoc cref="GatewayPipeline.DeleteSessionsAsync(Predicate{SessionSnapshot}, CancellationToken)"/>
    public IAsyncEnumerable<SessionSnapshot> DeleteSessionsAsync(
        Predicate<SessionSnapshot> match, CancellationToken cancel = default)
        => EachAsync((lane, token) => lane.DeleteSessionsAsync(match, token), cancel);

    /// <inheritdoc cref="GatewayPipeline.DeleteSessionsAsync(IReadOnlyList{SessionSnapshot}, CancellationToken)"/>
    public Task<int> DeleteSessionsAsync(IReadOnlyList<SessionSnapshot> sessions, CancellationToken cancel = default)
        => SumAsync(lane => lane.DeleteSessionsAsync(sessions, cancel));

    /// <inheritdoc cref="GatewayPipeline.FlushSessionsAsync"/>
    public Task<int> FlushSessionsAsync(CancellationToken cancel = default)
        => SumAsync(lane => lane.FlushSessionsAsync(cancel));

    /// <summary>What would become of the packet that somebody would send, at the lane that it comes to; see
    /// <see cref="PacketQuestions"/>.</summary>
    public Task<PacketExplanation> ExplainAsync(FlowTuple tuple, Realm? ingress)
        => ExplainAsync(packets => packets.ExplainAsync(tuple, ingress));

    /// <summary>The same of a packet that was dropped.</summary>
    public Task<PacketExplanation> ExplainAsync(DroppedPacket dropped)
        => ExplainAsync(packets => packets.ExplainAsync(dropped));

    /// <summary>The last packets that were dropped for a reason, the newest first.</summary>
    public async Task<IReadOnlyList<DroppedPacket>> ReadDropsAsync(DropReason reason)
    {
        IReadOnlyList<DroppedPacket>[] each = await Task.WhenAll(
            _lanes.Select(lane => lane.Packets.ReadDropsAsync(reason))).ConfigureAwait(false);
        return [.. each.SelectMany(dropped => dropped).OrderBy(dropped => dropped.Age).Take(DropLog.Kept)];
    }

    /// <inheritdoc cref="GatewayPipeline.ReadCounters"/>
    public PipelineCounters ReadCounters()
    {
        PipelineCounters[] counters = [.. _lanes.Select(lane => lane.ReadCounters())];
        return new PipelineCounters(
            counters.Select(one => one.Internal).Aggregate(PortCounters.Sum),
            counters.Select(one => one.External).Aggregate(PortCounters.Sum),
            counters[0].Drops.Keys.ToDictionary(reason => reason, reason => counters.Sum(one => one.Drops[reason])));
    }

    // Of what turns round, what the other lane says, too; it goes no further than there.
    private async Task<PacketExplanation> ExplainAsync(Func<PacketQuestions, Task<PacketExplanation>> ask)
    {
        PacketExplanation explanation = Pick(
            await Task.WhenAll(_lanes.Select(lane => ask(lane.Packets))).ConfigureAwait(false));
        return explanation is { Fate: PacketFate.TurnsRound, Translation: { } translation }
            ? explanation with
            {
                Onward = Pick(await Task.WhenAll(
                    _lanes.Select(lane => lane.Packets.ExplainHandedAsync(translation.Leaving)))
                    .ConfigureAwait(false)),
            }
            : explanation;
    }

    // That of the lane with the session; else of the lane that such packets come to.
    private static PacketExplanation Pick(PacketExplanation[] explanations)
        => explanations.FirstOrDefault(one => one.Translation is { Session: not null })
            ?? explanations.FirstOrDefault(one => one.IsOwn)
            ?? explanations[0];

    private async IAsyncEnumerable<SessionSnapshot> EachAsync(
        Func<GatewayPipeline, CancellationToken, IAsyncEnumerable<SessionSnapshot>> ask,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (GatewayPipeline lane in _lanes)
        {
            await foreach (SessionSnapshot session in
                ask(lane, cancel).WithCancellation(cancel).ConfigureAwait(false))
            {
                yield return session;
            }
        }
    }

    private async Task<int> SumAsync(Func<GatewayPipeline, Task<int>> ask)
    {
        int[] each = await Task.WhenAll(_lanes.Select(ask)).ConfigureAwait(false);
        return each.Sum();
    }
}
