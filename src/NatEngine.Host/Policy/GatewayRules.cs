using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Host.Guarding;
using NatEngine.Rules;
using NatEngine.Translation;
using NatEngine.Translation.Policy;

namespace NatEngine.Host.Policy;

/// <summary>The rules of a running gateway: shows them, and changes them all or not at all.</summary>
internal sealed class GatewayRules(
    RulePlan plan, RuledLanes lanes, Guard? guard, RuleLogWriter log) : IDisposable
{
    // Changes come one after the other.
    private readonly SemaphoreSlim _turn = new(1);
    private volatile IReadOnlyList<RuleProgram> _programs = plan.Programs;

    /// <summary>The rules file.</summary>
    internal string Path => plan.Loader.Path;

    /// <summary>The rules that are asked, each lane's.</summary>
    internal IReadOnlyList<RuleProgram> Programs => _programs;

    /// <summary>How many packets LOG rules have seen that could not be written.</summary>
    internal long LostLines => log.Lost;

    /// <summary>The rules with what they have counted.</summary>
    internal async Task<RuleSet> CountAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            RuleTally[] tallies = await lanes.TallyAsync(_programs).ConfigureAwait(false);
            return _programs[0].Counted(RuleTally.Sum(tallies));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads the file again.</summary>
    /// <exception cref="IOException">It cannot be read; nothing has changed.</exception>
    /// <exception cref="GuardException">The guard could not be changed; nothing else has been.</exception>
    internal Task<RuleChange> ReloadAsync(RuleChangeOptions options, CancellationToken cancellation)
        => ChangeAsync(ReadAgain, Path, options, cancellation);

    /// <summary>Does what a command says.</summary>
    /// <exception cref="IOException">The file cannot be written; nothing has changed.</exception>
    /// <exception cref="GuardException">The guard could not be changed; nothing else has been.</exception>
    internal Task<RuleChange> ApplyAsync(string command, RuleChangeOptions options, CancellationToken cancellation)
        => ChangeAsync(rules => RuleCommands.Apply(rules, command), "command", options, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private RuleReading ReadAgain(RuleSet counted)
    {
        RuleReading reading = plan.Loader.Read();
        return reading.IsUsable
            ? reading with { Rules = RuleDifference.WithCountersOf(counted, reading.Rules) }
            : reading;
    }

    private async Task<RuleChange> ChangeAsync(
        Func<RuleSet, RuleReading> make, string source, RuleChangeOptions options, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            RuleProgram before = _programs[0];
            RuleTally[] known = await lanes.TallyAsync(_programs).ConfigureAwait(false);
            RuleLoading loading = plan.Loader.Compile(make(before.Counted(RuleTally.Sum(known))), source);
            if (loading.Program is not RuleProgram after)
            {
                return new RuleChange { IsDone = false, Findings = loading.Findings };
            }

            int ended = 0;
            if (!options.IsDryRun)
            {
                ended = await AdoptAsync(Successions(known, after), options.Saves, cancellation).ConfigureAwait(false);
                ended += options.KillsChanged
                    ? await lanes.EndChangedAsync(RuleReview.Of(before, after), cancellation).ConfigureAwait(false)
                    : 0;
            }

            return new RuleChange
            {
                IsDone = true,
                Findings = loading.Findings,
                Difference = RuleDifference.Describe(before.Rules, after.Rules),
                Review = options.IsDryRun
                    ? await ReviewAsync(RuleReview.Of(before, after), after.Services, cancellation)
                        .ConfigureAwait(false)
                    : [],
                Ended = ended,
            };
        }
        finally
        {
            _turn.Release();
        }
    }

    // The first lane goes on from what all have counted, the others from nothing: what is added meanwhile is each
    // one's own.
    private RuleSuccession[] Successions(RuleTally[] known, RuleProgram after)
        =>
        [
            .. LaneRules.Programs(after, lanes.Count)
                .Select((program, lane) => new RuleSuccession(_programs[lane], known[lane], program)),
        ];

    // The file first: it is what is most likely to fail, and what can be undone.
    private async Task<int> AdoptAsync(RuleSuccession[] successions, bool saves, CancellationToken cancellation)
    {
        SavedRules? saved = saves ? SavedRules.Write(Path, RuleText.Of(successions[0].After.Rules)) : null;
        IReadOnlyList<RuleProgram> before = _programs;
        try
        {
            return await AdoptAsync(successions, cancellation).ConfigureAwait(false);
        }
        catch when (_programs == before)
        {
            saved?.PutBack();
            throw;
        }
    }

    // Once it has begun it is brought to its end, whether or not the client still listens.
    private async Task<int> AdoptAsync(RuleSuccession[] successions, CancellationToken cancellation)
    {
        if (guard is not null)
        {
            GuardPlan wanted = RulesPlanner.With(plan.Guard, successions[0].After);
            _ = await guard.InstallAsync(wanted, cancellation).ConfigureAwait(false);
            lanes.Guard(wanted.TcpPorts, wanted.UdpPorts);
        }

        (RuleLogEntry[][] left, int ended) = await lanes.AdoptAsync(successions).ConfigureAwait(false);
        foreach ((RuleSuccession succession, RuleLogEntry[] entries) in successions.Zip(left))
        {
            _ = succession.Before.TakeLog(out long lost); // nobody asks it any more: none are left, the number stays
            log.Write(succession.Before, entries, lost);
        }

        _programs = [.. successions.Select(succession => succession.After)];
        return ended;
    }

    private async Task<IReadOnlyList<ReviewGroup>> ReviewAsync(
        RuleReview review, RuledServices services, CancellationToken cancellation)
    {
        Dictionary<string, ReviewGroup> groups = [];
        await foreach ((SessionSnapshot session, bool isKept) in
            lanes.ListAsync(services, cancellation).ConfigureAwait(false))
        {
            SessionReview found = review.Look(session);
            if (found.Outcome != ReviewOutcome.Same || !isKept)
            {
                string title = isKept ? ReviewText.Of(found) : ReviewText.Moved;
                groups.TryAdd(title, new ReviewGroup(title));
                groups[title].Add(session);
            }
        }

        return [.. groups.Values.OrderByDescending(group => group.Count)];
    }
}
