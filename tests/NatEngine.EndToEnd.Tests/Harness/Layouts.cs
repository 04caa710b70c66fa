using System.Linq;

namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>The layouts that the pipeline can have.</summary>
internal static class Layouts
{
    private static readonly string[] Stages = ["rx", "lookup", "rewrite", "checksum", "tx"];

    /// <summary>Each of the four joints is a call or a channel: sixteen layouts.</summary>
    public static TheoryData<string> All => [.. Enumerable.Range(0, 16).Select(Layout)];

    private static string Layout(int joints) => Stages[0] + string.Concat(
        Stages.Skip(1).Select((stage, joint) => ((joints >> joint & 1) == 0 ? "+" : "|") + stage));
}
