using System;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>Frames that one end sends: which, how many, how fast.</summary>
internal sealed record StreamPlan
{
    /// <summary>More frames per second than any tester can send: as fast as it goes.</summary>
    public const double FullSpeed = 20e6;

    /// <summary>What they are there for. In one phase each kind has one stream at most.</summary>
    public required FrameKind Kind { get; init; }

    /// <summary>Frames per second.</summary>
    public required double Rate { get; init; }

    /// <summary>How many frames.</summary>
    public required long Frames { get; init; }

    /// <summary>The connections that they belong to, in this order, from the start again when it ends.</summary>
    public required int[] Order { get; init; }

    /// <summary>Their lengths.</summary>
    public FrameLengths Lengths { get; init; } = FrameLengths.Minimum;

    /// <summary>Whether each frame's way is timed.</summary>
    public bool Timed { get; init; }

    /// <summary>How long sending takes if the rate is kept.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(Frames / Rate);

    /// <summary>One frame for each connection.</summary>
    public static StreamPlan Once(FrameKind kind, double rate, int[] order)
        => new() { Kind = kind, Rate = rate, Frames = order.Length, Order = order };

    /// <summary>Frames of connections in turn, for a time.</summary>
    public static StreamPlan For(FrameKind kind, double rate, TimeSpan duration, int[] order) => new()
    {
        Kind = kind,
        Rate = rate,
        Frames = Math.Max(1, (long)(rate * duration.TotalSeconds)),
        Order = order,
    };
}
