using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace NatEngine.Pipeline;

/// <summary>
/// Which of the five stages share a thread: <c>rx+lookup|rewrite+checksum|tx</c> is three threads. Stages joined by
/// <c>+</c> share one, <c>|</c> is a bounded channel between two.
/// </summary>
/// <remarks>The order of the stages is fixed, so a layout is which of the four joints are channels: sixteen of them.
/// The zero value is run to completion.</remarks>
public readonly record struct PipelineLayout
{
    /// <summary>What the names of the threads begin with; their stages follow.</summary>
    public const string ThreadPrefix = "nat ";

    private const int Joints = 4;

    private static readonly string[] StageNames = ["rx", "lookup", "rewrite", "checksum", "tx"];

    // Bit j is set where a channel stands between stage j and stage j + 1.
    private readonly byte _channels;

    private PipelineLayout(int channels) => _channels = (byte)channels;

    /// <summary>Every stage on one thread, without a channel.</summary>
    public static PipelineLayout RunToCompletion => default;

    /// <summary>Every stage on a thread of its own.</summary>
    public static PipelineLayout ThreadPerStage => new((1 << Joints) - 1);

    /// <summary>All sixteen, run to completion first.</summary>
    public static IReadOnlyList<PipelineLayout> All { get; } = MakeAll();

    /// <summary>How many threads the layout takes.</summary>
    public int Threads => 1 + int.PopCount(_channels);

    /// <summary>Reads a layout.</summary>
    /// <param name="text">The five stage names in order, joined by <c>+</c> or <c>|</c>; blanks around them are
    /// ignored.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="error">What is wrong and what would be right, in one line.</param>
    /// <returns>False if the text is not a layout.</returns>
    public static bool TryParse(string? text, out PipelineLayout layout, [NotNullWhen(false)] out string? error)
    {
        layout = default;
        ReadOnlySpan<char> rest = text.AsSpan();
        int channels = 0;
        for (int stage = 0; stage < StageNames.Length; stage++)
        {
            int end = rest.IndexOfAny('+', '|');
            ReadOnlySpan<char> name = (end < 0 ? rest : rest[..end]).Trim();
            bool isLast = stage == StageNames.Length - 1;
            if (!name.SequenceEqual(StageNames[stage]) || isLast != end < 0)
            {
                error = Explain(text, name, stage, isLast);
                return false;
            }

            if (!isLast)
            {
                channels |= rest[end] == '|' ? 1 << stage : 0;
                rest = rest[(end + 1)..];
            }
        }

        layout = new PipelineLayout(channels);
        error = null;
        return true;
    }

    /// <summary>The form that <see cref="TryParse"/> reads, without blanks.</summary>
    public override string ToString()
    {
        StringBuilder text = new(StageNames[0]);
        for (int joint = 0; joint < Joints; joint++)
        {
            text.Append(HasChannelAfter(joint) ? '|' : '+').Append(StageNames[joint + 1]);
        }

        return text.ToString();
    }

    /// <summary>The names of the stages that share a thread, thread by thread: <c>rx+lookup</c>.</summary>
    internal IReadOnlyList<string> ThreadNames() => ToString().Split('|');

    /// <summary>Whether a channel follows stage <paramref name="stage"/>, counted from 0; none follows the last.
    /// </summary>
    internal bool HasChannelAfter(int stage) => ((_channels >> stage) & 1) != 0;

    private static string Explain(string? text, ReadOnlySpan<char> found, int stage, bool isLast)
    {
        const string Rule = "the stages are rx, lookup, rewrite, checksum, tx, in this order, joined by '+' or '|'";
        string wrong = !found.SequenceEqual(StageNames[stage])
            ? $"stage {stage + 1} is '{found}' and must be '{StageNames[stage]}'"
            : isLast ? "something follows 'tx'" : $"nothing follows '{StageNames[stage]}'";
        return $"'{text}' is not a layout: {wrong}; {Rule}.";
    }

    private static PipelineLayout[] MakeAll()
    {
        PipelineLayout[] all = new PipelineLayout[1 << Joints];
        for (int channels = 0; channels < all.Length; channels++)
        {
            all[channels] = new PipelineLayout(channels);
        }

        return all;
    }
}
