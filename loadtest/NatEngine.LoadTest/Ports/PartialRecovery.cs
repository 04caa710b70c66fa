using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.LoadTest.Systems;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Ports;

/// <summary>Who gets in when some of the sessions of a full address have been ended, and the others stay.</summary>
/// <param name="Ended">Sessions that the system says it has ended: those of a tenth of the hosts.</param>
/// <param name="Tried">Connections that were tried then: those refused before, and those just ended.</param>
/// <param name="Admitted">How many of them came out.</param>
internal sealed record PartialRecovery(int Ended, int Tried, int Admitted)
{
    private const int Part = 10;
    private const int Rounds = 3;
    private const double Rate = 20_000;

    /// <summary>Who came out, in percent of the sessions that made room.</summary>
    public double Percent => 100.0 * Admitted / Math.Max(1, Ended);

    /// <summary>Ends the sessions of the first tenth of the hosts, and tries.</summary>
    public static PartialRecovery Of(Tester tester, IEndsSessions system, int[] refused)
    {
        FlowSpaceOptions space = tester.Space.Options;
        List<IPv4Prefix> hosts = BlocksOf(space.FirstHost, Math.Max(1, space.Hosts / Part));
        int ended = hosts.Sum(system.EndSessionsOf);
        int[] gone =
        [
            .. tester.Table.Flows.ToArray().Where(
                flow => hosts.Exists(block => block.Contains(tester.Space.SourceOf(flow).Address))),
        ];
        tester.Table.Forget(gone);
        int stayed = tester.Table.Count;
        int[] trying = [.. refused.Where(flow => !tester.Table.Knows(flow)), .. gone];
        int[] missing = trying;
        for (int round = 0, known = -1; round < Rounds && missing.Length > 0 && tester.Table.Count != known; round++)
        {
            // Once more for those that were lost on the way: what does not come out of any round was refused.
            known = tester.Table.Count;
            tester.Run(new Phase { Inside = [StreamPlan.Once(FrameKind.Opening, Rate, missing)] });
            missing = [.. missing.Where(flow => !tester.Table.Knows(flow))];
        }

        return new PartialRecovery(ended, trying.Length, tester.Table.Count - stayed);
    }

    /// <summary>The fewest blocks that are these hosts and no other.</summary>
    internal static List<IPv4Prefix> BlocksOf(IPv4Address first, int count)
    {
        List<IPv4Prefix> blocks = [];
        uint next = first.Value;
        uint end = next + (uint)count;
        while (next < end)
        {
            int aligned = BitOperations.TrailingZeroCount(next);
            int fitting = BitOperations.Log2(end - next);
            int bits = Math.Min(aligned, fitting);
            blocks.Add(new IPv4Prefix(new IPv4Address(next), 32 - bits));
            next += 1u << bits;
        }

        return blocks;
    }
}
