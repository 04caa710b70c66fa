using System;
using NatEngine.Pipeline.Lanes;

namespace NatEngine.Pipeline;

/// <summary>How one lane of the gateway is laid out and what stands on its two sides.</summary>
public sealed record PipelineOptions
{
    /// <summary>The port to the network whose addresses are translated.</summary>
    public required GatewayPort Internal { get; init; }

    /// <summary>The port to the network that sees the external addresses.</summary>
    public required GatewayPort External { get; init; }

    /// <summary>Which stages share a thread. Defaults to <see cref="PipelineLayout.RunToCompletion"/>.</summary>
    public PipelineLayout Layout { get; init; } = PipelineLayout.RunToCompletion;

    /// <summary>How many received frames a batch holds. Defaults to 64; 1 to 1024.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>How many batches circulate where the layout has more than one thread: with <see cref="BatchSize"/>, how
    /// many frames can be inside the pipeline. Defaults to 0, three per thread.</summary>
    public int Batches { get; init; }

    /// <summary>How long a thread looks for work before it sleeps. Defaults to 20 µs, about what it costs to be woken;
    /// 0 to 10 ms.</summary>
    public TimeSpan IdleSpin { get; init; } = TimeSpan.FromMicroseconds(20);

    /// <summary>Whether the threads come before all ordinary ones of their processors, where the kernel allows it.
    /// Defaults to false.</summary>
    public bool Realtime { get; init; }

    /// <summary>How many hosts and routers on the two links can be known at a time. Defaults to 4096; 16 to 65535.
    /// </summary>
    public int MaxNeighbours { get; init; } = 4096;

    /// <summary>Which lane it is, from 0, of those that share a <see cref="LaneExchange"/>. Defaults to 0.</summary>
    public int Lane { get; init; }

    /// <summary>The clock, read once per batch. Defaults to the system's monotonic clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of bounds; the message names it and the rule.</exception>
    internal void Validate()
    {
        Internal.Validate(nameof(Internal));
        External.Validate(nameof(External));
        RequireBetween(nameof(BatchSize), BatchSize, 1, 1024);
        RequireBetween(nameof(MaxNeighbours), MaxNeighbours, 16, ushort.MaxValue);
        RequireBetween(nameof(Batches), Batches, 0, 1024);
        if (IdleSpin < TimeSpan.Zero || IdleSpin > TimeSpan.FromMilliseconds(10))
        {
            throw new ArgumentException($"{nameof(IdleSpin)}: {IdleSpin} is not between 0 and 10 ms.");
        }
    }

    private static void RequireBetween(string key, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new ArgumentException($"{key}: {value} is not between {least} and {most}.");
        }
    }
}
