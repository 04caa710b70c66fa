using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NatEngine.LoadTest.Machine;

/// <summary>Which processor does what. The system under test has one to itself, whatever the system is.</summary>
/// <param name="Generator">Sends: the inside host's programs and packets.</param>
/// <param name="System">Everything that the gateway does: its packets are steered here, its program is pinned here.
/// </param>
/// <param name="Sink">Receives: the remote host's programs and packets.</param>
internal readonly record struct CorePlacement(int Generator, int System, int Sink)
{
    /// <summary>The placement for a number of processors: three of their own if there are, otherwise generator and sink
    /// share one.</summary>
    public static CorePlacement For(int processors) => processors switch
    {
        >= 3 => new CorePlacement(0, 1, 2),
        2 => new CorePlacement(0, 1, 0),
        _ => new CorePlacement(0, 0, 0),
    };

    /// <summary>Reads "generator,system,sink", such as "0,1,0".</summary>
    /// <exception cref="BadInputException">That is not what it says, or there is no such processor.</exception>
    public static CorePlacement Parse(string text, int processors)
    {
        int[] cores = Numbers(text);
        return cores.Length == 3 && cores.All(core => core >= 0 && core < Math.Min(processors, 64))
            ? new CorePlacement(cores[0], cores[1], cores[2])
            : throw new BadInputException(
                $"--cores '{text}': must be three processors GENERATOR,SYSTEM,SINK, each 0 to {processors - 1}.");
    }

    /// <summary>Reads processors, such as "1,2,3".</summary>
    /// <param name="option">The option, for the message.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="processors">How many there are.</param>
    /// <exception cref="BadInputException">That is not what it says, or there is no such processor.</exception>
    public static IReadOnlyList<int> ParseList(string option, string text, int processors)
    {
        int[] cores = Numbers(text);
        return cores.All(core => core >= 0 && core < processors) && cores.Distinct().Count() == cores.Length
            ? cores
            : throw new BadInputException(
                $"{option} '{text}': must be processors, each once, 0 to {processors - 1}, such as \"0,1\".");
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Generator},{System},{Sink}");

    /// <summary>A processor as <c>taskset -c</c> writes it.</summary>
    public static string List(int processor) => processor.ToString(CultureInfo.InvariantCulture);

    /// <summary>Processors as <c>taskset -c</c> writes them.</summary>
    public static string List(IReadOnlyList<int> processors) => string.Join(',', processors.Select(List));

    /// <summary>A processor as a mask of one bit.</summary>
    public static ulong Mask(int processor) => 1UL << processor;

    private static int[] Numbers(string text) =>
    [
        .. text.Split(',').Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int core) ? core : -1),
    ];
}
