using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Pipeline;
using NatEngine.Pipeline.Lanes;
using NatEngine.Translation;
using NatEngine.Translation.Policy;

namespace NatEngine.Host.Policy;

/// <summary>The lanes of a gateway as those see them who change its rules.</summary>
/// <param name="lanes">The lanes.</param>
/// <param name="exchange">What they have in common; null if there is but one.</param>
internal sealed class RuledLanes(GatewayLanes lanes, LaneExchange? exchange)
{
    private const int AtOnce = 256;

    /// <summary>How many there are.</summary>
    internal int Count => lanes.Count;

    /// <summary>What each has counted.</summary>
    /// <param name="programs">The rules that they ask.</param>
    internal Task<RuleTally[]> TallyAsync(IReadOnlyList<RuleProgram> programs)
        => Task.WhenAll(programs.Select((program, lane) => lanes[lane].AskAsync((_, _) => program.Tally())));

    /// <inheritdoc cref="GatewayLanes.Guard"/>
    internal void Guard(IReadOnlyList<PortRange> tcpPorts, IReadOnlyList<PortRange> udpPorts)
        => lanes.Guard(tcpPorts, udpPorts);

    /// <summary>Has all ask other rules, and packets come to where these want them. Of the moments between, in which a
    /// lane asks the one and another the other, no session is left that would be where its packets are not.</summary>
    /// <param name="successions">For each lane, from its program to another.</param>
    /// <returns>What the rules before had still to log, and how many sessions were ended because their service is
    /// another lane's now.</returns>
    internal async Task<(RuleLogEntry[][] Left, int Ended)> AdoptAsync(IReadOnlyList<RuleSuccession> successions)
    {
        RuledServices services = successions[0].After.Services;
        exchange?.Adopt(services);
        RuleLogEntry[][] left = await lanes.AdoptAsync(successions).ConfigureAwait(false);
        int ended = 0;
        if (exchange is not null && !services.IsSameAs(successions[0].Before.Services))
        {
            for (int place = 0; place < lanes.Count; place++)
            {
                int lane = place;
                await foreach (SessionSnapshot _ in lanes[lane]
                    .DeleteSessionsAsync(session => !exchange.Keeps(lane, session, services)).ConfigureAwait(false))
                {
                    ended++;
                }
            }
        }

        return (left, ended);
    }

    /// <summary>Lists the sessions, and of each whether other rules would have it where its packets come to.</summary>
    internal async IAsyncEnumerable<(SessionSnapshot Session, bool IsKept)> ListAsync(
        RuledServices services, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (int lane = 0; lane < lanes.Count; lane++)
        {
            await foreach (SessionSnapshot session in
                lanes[lane].ListSessionsAsync(cancellation).WithCancellation(cancellation).ConfigureAwait(false))
            {
                yield return (session, exchange?.Keeps(lane, session, services) ?? true);
            }
        }
    }

    /// <summary>Ends the sessions that other rules would not have as they are.</summary>
    /// <returns>How many.</returns>
    internal async Task<int> EndChangedAsync(RuleReview review, CancellationToken cancellation)
    {
        List<SessionSnapshot> changed = [];
        int ended = 0;
        await foreach (SessionSnapshot session in
            lanes.ListSessionsAsync(cancellation).WithCancellation(cancellation).ConfigureAwait(false))
        {
            if (review.Look(session).Outcome == ReviewOutcome.Same)
            {
                continue;
            }

            changed.Add(session);
            if (changed.Count == AtOnce)
            {
                ended += await lanes.DeleteSessionsAsync(changed, cancellation).ConfigureAwait(false);
                changed.Clear();
            }
        }

        return ended + await lanes.DeleteSessionsAsync(changed, cancellation).ConfigureAwait(false);
    }
}
