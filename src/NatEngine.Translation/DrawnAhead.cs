using System;

namespace NatEngine.Translation;

/// <summary>Chance that can be asked what it is going to say, so that the memory which that leads to can be asked for
/// long before it is needed. Asking changes nothing of what is said.</summary>
/// <param name="source">Draws the numbers.</param>
internal sealed class DrawnAhead(Random source) : Random
{
    /// <summary>How many draws can be foreseen: a batch's.</summary>
    public const int Horizon = 64;

    private readonly long[] _drawn = new long[Horizon];
    private uint _next;
    private uint _end;

    /// <summary>What <see cref="Take"/> will return.</summary>
    /// <param name="steps">After how many others, fewer than <see cref="Horizon"/>.</param>
    public TwoNumbers Foresee(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)steps, (uint)Horizon, nameof(steps));
        uint wanted = _next + (uint)steps;
        while ((int)(_end - wanted) <= 0)
        {
            Draw();
        }

        return new TwoNumbers(_drawn[wanted % Horizon]);
    }

    /// <summary>Draws what could be foreseen.</summary>
    public TwoNumbers Take()
    {
        if (_next == _end)
        {
            Draw();
        }

        return new TwoNumbers(_drawn[_next++ % Horizon]);
    }

    /// <inheritdoc/>
    public override int Next(int maxValue) => Take().First(maxValue);

    /// <inheritdoc/>
    public override long NextInt64() => Take().Drawn;

    /// <inheritdoc/>
    protected override double Sample() => Next(int.MaxValue) / (double)int.MaxValue;

    private void Draw() => _drawn[_end++ % Horizon] = source.NextInt64();
}
