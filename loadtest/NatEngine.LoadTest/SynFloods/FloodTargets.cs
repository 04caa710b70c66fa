using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Rfc9693;

namespace NatEngine.LoadTest.SynFloods;

/// <summary>Which SYNs make a flood.</summary>
internal static class FloodTargets
{
    private const int Strangers = 1 << 20;
    private const int FirstPort = 1024;

    /// <summary>The numbers of the connections that are wanted, or of the strangers that want them.</summary>
    /// <param name="origin">Where the flood comes from.</param>
    /// <param name="tester">The tester, which knows the established connections.</param>
    /// <param name="established">How many there are: the first of the space.</param>
    /// <param name="seed">What the order is drawn with.</param>
    public static int[] Of(FloodOrigin origin, Tester tester, int established, int seed)
    {
        if (origin == FloodOrigin.Inside)
        {
            return FlowOrder.Shuffled(established, tester.Space.Count - established, seed);
        }

        HashSet<ushort> used = [.. tester.Table.Flows.ToArray().Select(flow => tester.Table[flow].Port)];
        ushort[] ports = origin == FloodOrigin.Mapped
            ? [.. used]
            : [.. Enumerable.Range(FirstPort, 65_536 - FirstPort).Select(port => (ushort)port).Where(
                port => !used.Contains(port))];
        Random random = new(seed);
        int[] numbers = new int[Strangers];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = StrangerNumber.Of(random.Next(), ports[random.Next(ports.Length)]);
        }

        return numbers;
    }
}
