using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Rfc9693;

namespace NatEngine.LoadTest.Ports;

/// <summary>Opens connections through one external address until no more come out, and beyond.</summary>
internal sealed class Filling
{
    private const int CurvePoints = 60;

    // A connection that did not come out may have been lost on the way: it is tried again, and what does not come out
    // then either was refused.
    private const int Rounds = 3;

    // An answer may be lost, too; on a busy machine thousands are. It is tried again as long as some still arrive.
    private const int MostValidations = 10;
    private const double GentlerRate = 20_000;
    private const double ValidationRate = 30_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private readonly List<(long Attempted, int Known)> _growth = [];

    private Filling(PhaseResult first) => First = first;

    /// <summary>The first round.</summary>
    public PhaseResult First { get; }

    /// <summary>Connections that the remote host saw.</summary>
    public int Sessions { get; private init; }

    /// <summary>Those of them that could be answered afterwards.</summary>
    public int Answerable { get; private init; }

    /// <summary>Connections that look to the remote host like another one.</summary>
    public int Shared { get; private init; }

    /// <summary>TCP connections whose handshake was completed.</summary>
    public int Established { get; private init; }

    /// <summary>The first attempt after which one was missing for good; null if there was none.</summary>
    public long? FirstRefused { get; private init; }

    /// <summary>Connections that did not come out.</summary>
    public int[] Refused { get; private init; } = [];

    /// <summary>Attempted connections, and those that the remote host saw.</summary>
    public IReadOnlyList<(long Attempted, int Known)> Growth => _growth;

    /// <summary>Fills.</summary>
    /// <param name="tester">The tester, with a system that holds nothing.</param>
    /// <param name="order">The connections to attempt.</param>
    /// <param name="rate">Attempts per second.</param>
    public static Filling Carry(Tester tester, int[] order, double rate)
    {
        GrowthLog growth = new(order.Length, CurvePoints);
        PhaseResult first = Attempt(tester, order, rate, growth);
        int[] refused = Missing(tester, order);
        int known = -1;
        for (int round = 1; round < Rounds && refused.Length > 0 && tester.Table.Count != known; round++)
        {
            known = tester.Table.Count;
            Attempt(tester, refused, Math.Min(rate, GentlerRate), null);
            refused = Missing(tester, refused);
        }

        HashSet<int> outside = [.. refused];
        int firstRefused = Array.FindIndex(order, outside.Contains);
        int[] unanswerable = Validate(tester);
        Filling filling = new(first)
        {
            Sessions = tester.Table.Count,
            Answerable = tester.Table.Count - unanswerable.Length,
            Shared = tester.Table.CountShared(tester.Space),
            Established = tester.Established,
            FirstRefused = firstRefused < 0 ? null : firstRefused + 1,
            Refused = refused,
        };
        filling._growth.AddRange(growth.Points);
        filling._growth.Add((order.Length, filling.Sessions));
        return filling;
    }

    private static PhaseResult Attempt(Tester tester, int[] order, double rate, GrowthLog? growth) => tester.Run(
        new Phase
        {
            Inside = [StreamPlan.Once(FrameKind.Opening, rate, order)],
            Timeout = Patience,
            Growth = growth,
        });

    // One frame back for each connection; once more, and gently, for those that it was lost of.
    private static int[] Validate(Tester tester)
    {
        int[] silent = tester.Table.Flows.ToArray();
        for (int round = 0, before = int.MaxValue;
            round < MostValidations && silent.Length > 0 && (round < Rounds || silent.Length < before);
            round++)
        {
            before = silent.Length;
            double rate = round == 0 ? ValidationRate : GentlerRate / 2;
            StreamCount back = tester.Run(new Phase
            {
                Outside = [StreamPlan.Once(FrameKind.Validation, rate, silent)],
                Timeout = Patience,
            })[FrameKind.Validation];
            silent = [.. silent.Where((_, sequence) => !back.Arrivals.Has(sequence))];
        }

        return silent;
    }

    private static int[] Missing(Tester tester, int[] order)
        => [.. order.Where(flow => !tester.Table.Knows(flow))];

    /// <summary>Makes sure that something came out.</summary>
    /// <exception cref="MeasurementException">Nothing did, or what came out cannot be told apart.</exception>
    public void Check(string system)
    {
        if (Sessions == 0)
        {
            throw new MeasurementException($"{system} let no connection out.");
        }

        if (Shared > 0)
        {
            throw new MeasurementException(
                $"{system}: {Shared:N0} connections look to the remote host like another one.");
        }
    }
}
