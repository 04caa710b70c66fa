using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Host.Guarding;
using NatEngine.Pipeline;
using NatEngine.Rules;
using NatEngine.Translation;
using NatEngine.Translation.Policy;

namespace NatEngine.Host.Policy;

/// <summary>The rules of a running gateway: shows them, and changes them all or not at all.</summary>
internal sealed class GatewayRules(
    RulePlan plan, GatewayPipeline pipeline, Guard? guard, RuleLogWriter log) : IDisposable
{
    // Changes come one after the other.
    private readonly SemaphoreSlim _turn = new(1);
    private volatile RuleProgram _program = plan.Program;

    /// <summary>The rules file.</summary>
    internal string Path => plan.Loader.Path;

    /// <summary>The rules that are asked.</summary>
    internal RuleProgram Program => _program;

    /// <summary>How many packets LOG rules have seen that could not be written.</summary>
    internal long LostLines => log.Lost;

    /// <summary>The rules with what they have counted.</summary>
    internal async Task<RuleSet> CountAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return _program.Counted(await TallyAsync(_program).ConfigureAwait(false));
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
            RuleProgram before = _program;
            RuleTally known = await TallyAsync(before).ConfigureAwait(false);
            RuleLoading loading = plan.Loader.Compile(make(before.Counted(known)), source);
            if (loading.Program is not RuleProgram after)
            {
                return new RuleChange { IsDone = false, Findings = loading.Findings };
            }

            int ended = 0;
            if (!options.IsDryRun)
            {
                await AdoptAsync(new RuleSuccession(before, known, after), options.Saves, cancellation)
                    .ConfigureAwait(false);
                ended = options.KillsChanged
                    ? await EndChangedAsync(RuleReview.Of(before, after), cancellation).ConfigureAwait(false)
                    : 0;
            }

            return new RuleChange
            {
                IsDone = true,
                Findings = loading.Findings,
                Difference = RuleDifference.Describe(before.Rules, after.Rules),
                Review = options.IsDryRun
                    ? await ReviewAsync(RuleReview.Of(before, after), cancellation).ConfigureAwait(false)
                    : [],
                Ended = ended,
            };
        }
        finally
        {
            _turn.Release();
        }
    }

    // The file first: it is what is most likely to fail, and what can be undone.
    private async Task AdoptAsync(RuleSuccession succession, bool saves, CancellationToken cancellation)
    {
        SavedRules? saved = saves ? SavedRules.Write(Path, RuleText.Of(succession.After.Rules)) : null;
        try
        {
            await AdoptAsync(succession, cancellation).ConfigureAwait(false);
        }
        catch when (_program != succession.After)
        {
            saved?.PutBack();
            throw;
        }
    }

    // Once it has begun it is brought to its end, whether or not the client still listens.
    private async Task AdoptAsync(RuleSuccession succession, CancellationToken cancellation)
    {
        if (guard is not null)
        {
            GuardPlan wanted = RulesPlanner.With(plan.Guard, succession.After);
            _ = await guard.InstallAsync(wanted, cancellation).ConfigureAwait(false);
            pipeline.Guard(wanted.TcpPorts, wanted.UdpPorts);
        }

        RuleLogEntry[] left = await pipeline.AdoptAsync(succession, CancellationToken.None).ConfigureAwait(false);
        _ = succession.Before.TakeLog(out long lost); // nobody asks it any more: none are left, and the number stays
        log.Write(succession.Before, left, lost);
        _program = succession.After;
    }

    private async Task<int> EndChangedAsync(RuleReview review, CancellationToken cancellation)
    {
        const int AtOnce = 256;
        List<SessionSnapshot> changed = [];
        int ended = 0;
        await foreach (SessionSnapshot session in
            pipeline.ListSessionsAsync(cancellation).WithCancellation(cancellation).ConfigureAwait(false))
        {
            if (review.Look(session).Outcome == ReviewOutcome.Same)
            {
                continue;
            }

            changed.Add(session);
            if (changed.Count == AtOnce)
            {
                ended += await pipeline.DeleteSessionsAsync(changed, cancellation).ConfigureAwait(false);
                changed.Clear();
            }
        }

        return ended + await pipeline.DeleteSessionsAsync(changed, cancellation).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<ReviewGroup>> ReviewAsync(RuleReview review, CancellationToken cancellation)
    {
        Dictionary<string, ReviewGroup> groups = [];
        await foreach (SessionSnapshot session in
            pipeline.ListSessionsAsync(cancellation).WithCancellation(cancellation).ConfigureAwait(false))
        {
            SessionReview found = review.Look(session);
            if (found.Outcome != ReviewOutcome.Same)
            {
                string title = ReviewText.Of(found);
                groups.TryAdd(title, new ReviewGroup(title));
                groups[title].Add(session);
            }
        }

        return [.. groups.Values.OrderByDescending(group => group.Count)];
    }

    private Task<RuleTally> TallyAsync(RuleProgram program) => pipeline.AskAsync((_, _) => program.Tally());
}
