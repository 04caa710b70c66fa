using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NatEngine.Conformance.Probes;
using NatEngine.Conformance.Systems;
using NatEngine.Lab;

namespace NatEngine.Conformance;

/// <summary>Judges NATs from outside, in labs of its own: sends packets from both sides, and looks at what
/// arrives.</summary>
public static class Selftest
{
    /// <summary>Judges.</summary>
    /// <param name="systems">The NATs, each judged by its own contract.</param>
    /// <param name="cancellation">Ends it early; whatever was made is removed first.</param>
    /// <returns>A judgement for each requirement, in the order of the RFCs.</returns>
    /// <exception cref="SelftestException">A lab could not be built, or a NAT did not start or died.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static IReadOnlyList<Judgement> Run(
        IReadOnlyList<ISystemUnderTest> systems, CancellationToken cancellation = default)
        => Run(systems, ProbeCatalog.All, cancellation);

    /// <summary>Says why nothing can be judged on this machine.</summary>
    /// <returns>One sentence for the person at the terminal, or null if it can.</returns>
    public static string? WhyNot() => LabRequirements.WhyNot()
        ?? LabRequirements.WhyMissing("nft")
        ?? LabRequirements.WhyMissing("ethtool");

    /// <summary>Judges some requirements only.</summary>
    internal static IReadOnlyList<Judgement> Run(
        IReadOnlyList<ISystemUnderTest> systems, IReadOnlyList<Probe> probes, CancellationToken cancellation = default)
    {
        ConcurrentDictionary<(ISystemUnderTest, Probe), Finding> findings = new();
        ConcurrentQueue<Exception> failures = new();
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(
            cancellation, Lab.Lab.Ending);
        List<Thread> sessions = [];
        foreach (ISystemUnderTest system in systems)
        {
            foreach (IGrouping<Arrangement, Probe> group in probes.GroupBy(probe => probe.Where))
            {
                ProbeSession session = new(system, group.Key, either.Token);
                sessions.Add(Start(() => Judge(session, [.. group], findings, failures)));
            }
        }

        sessions.ForEach(session => session.Join());
        either.Token.ThrowIfCancellationRequested();
        if (failures.TryDequeue(out Exception? failure))
        {
            throw new SelftestException(failure.Message, failure);
        }

        return [.. probes.Select(probe => new Judgement(
            probe.Rfc, probe.Requirement, probe.Title, [.. systems.Select(system => findings[(system, probe)])]))];
    }

    /// <summary>Starts a thread of its own for work that mostly waits.</summary>
    internal static Thread Start(Action work)
    {
        Thread thread = new(() => work()) { IsBackground = true, Name = "selftest" };
        thread.Start();
        return thread;
    }

    // A thread must not throw: what went wrong is the caller's to hear.
    private static void Judge(
        ProbeSession session,
        IReadOnlyList<Probe> probes,
        ConcurrentDictionary<(ISystemUnderTest, Probe), Finding> findings,
        ConcurrentQueue<Exception> failures)
    {
        try
        {
            foreach ((Probe probe, Finding finding) in session.Run(probes))
            {
                findings[(session.System, probe)] = finding;
            }
        }
        catch (Exception error)
        {
            failures.Enqueue(error);
        }
    }
}
