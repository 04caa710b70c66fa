using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using NatEngine.Conformance.Systems;

namespace NatEngine.Conformance.Probes;

/// <summary>One NAT in one arrangement, in a lab of its own, with all probes that want that arrangement.</summary>
internal sealed class ProbeSession(ISystemUnderTest system, Arrangement arrangement, CancellationToken cancellation)
{
    private const int Attempts = 3;

    public ISystemUnderTest System => system;

    /// <summary>Runs the probes whose requirements are claimed: side by side, or, where they compete for the few ports
    /// that there are, one after the other.</summary>
    public IReadOnlyDictionary<Probe, Finding> Run(IReadOnlyList<Probe> probes)
    {
        ConcurrentDictionary<Probe, Finding> findings = new();
        List<Probe> claimed = [];
        foreach (Probe probe in probes)
        {
            if (ClaimOf(probe) is { Standing: not ClaimStanding.Claimed } claim)
            {
                findings[probe] = new Finding(
                    claim.Standing == ClaimStanding.NotClaimed ? Verdict.NotClaimed : Verdict.NotApplicable,
                    claim.Because);
            }
            else
            {
                claimed.Add(probe);
            }
        }

        if (claimed.Count > 0)
        {
            Judge(claimed, findings);
        }

        return findings;
    }

    private Claim ClaimOf(Probe probe)
        => arrangement == Arrangement.FewPorts && system.Contract.WhyNotFewPorts is { } reason
            ? Claim.WithoutMeaning(reason)
            : probe.Claims(system.Contract);

    private void Judge(List<Probe> claimed, ConcurrentDictionary<Probe, Finding> findings)
    {
        using ProbeLab lab = ProbeLab.Create("selftest");
        using IDisposable running = system.Start(lab.Gateway, arrangement);
        if (arrangement == Arrangement.FewPorts)
        {
            JudgeInTurn(lab, claimed, findings);
            return;
        }

        List<Thread> threads =
            [.. claimed.Select(probe => Selftest.Start(() => findings[probe] = Judge(lab, probe)))];
        threads.ForEach(thread => thread.Join());
    }

    // Those that need all ports last.
    private void JudgeInTurn(ProbeLab lab, List<Probe> claimed, ConcurrentDictionary<Probe, Finding> findings)
    {
        foreach (Probe probe in claimed.OrderBy(probe => probe.UsesAllPorts))
        {
            findings[probe] = Judge(lab, probe);
        }
    }

    // Where a ping and its answer take so long, what has not arrived may have been on its way. What a NAT does not pass
    // on does not arrive the next time either.
    private static bool IsBusy(Scene scene)
    {
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            scene.Settle();
        }
        catch (Exception silence) when (silence is ProbeFailure or SocketException)
        {
            return true;
        }

        return watch.Elapsed > Scene.Margin;
    }

    // Waits until what others have used, or this one has at its last attempt, is free again.
    private void WaitForPorts()
    {
        int quarantine = system.Contract.Quarantine > TimeSpan.Zero ? ScarceResources.Quarantine : 0;
        cancellation.WaitHandle.WaitOne(
            TimeSpan.FromSeconds(ScarceResources.UdpUnreplied + quarantine) + Scene.Margin);
    }

    private Finding Judge(ProbeLab lab, Probe probe)
    {
        for (int attempt = 1; ; attempt++)
        {
            Scene scene = new(lab, system.Contract, cancellation);
            try
            {
                if (probe.UsesAllPorts)
                {
                    WaitForPorts();
                }

                cancellation.ThrowIfCancellationRequested();
                probe.Steps(scene);
                return new Finding(Verdict.Met, ClaimOf(probe).Because);
            }
            catch (ProbeFailure failure)
            {
                if (attempt == Attempts || !failure.IsAbsence || !IsBusy(scene))
                {
                    return new Finding(Verdict.Failed, failure.Message);
                }
            }
            catch (TooLate late) when (attempt == Attempts)
            {
                return new Finding(Verdict.Failed, $"could not be judged, the machine is too busy: {late.Message}");
            }
            catch (TooLate)
            {
                // Once more, with other addresses.
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                return new Finding(Verdict.Failed, error.Message);
            }
        }
    }
}
