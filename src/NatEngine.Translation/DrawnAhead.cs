using System;

namespace NatEngine.Translation;

/// <summary>Chance that can be asked what it is going to say, so that the memory which that leads to can be asked for
/// long before it is needed. Asking changes nothing of what is said.</summary>
/// <param name="source">Draws the numbers.</param>
internal sealed class DrawnAhead(Random source) : Random
{
    /// <summary>How many numbers can be foreseen: a batch's.</summary>
    public const int Horizon = 64;

    private readonly uint[] _drawn = new uint[Horizon];
    private uint _next;
    private uint _end;

    /// <summary>The number that <see cref="Take"/> will return.</summary>
    /// <param name="steps">After how many others, fewer than <see cref="Horizon"/>.</param>
    /// <param name="maxValue">What the number will be less than.</param>
    public int Foresee(int steps, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)steps, (uint)Horizon, nameof(steps));
        uint wanted = _next + (uint)steps;
        while ((int)(_end - wanted) <= 0)
        {
            Draw();
        }

        return Below(maxValue, _drawn[wanted % Horizon]);
    }

    /// <summary>Draws a number that could be foreseen.</summary>
    /// <param name="maxValue">What it will be less than.</param>
    public int Take(int maxValue)
    {
        if (_next == _end)
        {
            Draw();
        }

        return Below(maxValue, _drawn[_next++ % Horizon]);
    }

    /// <summary>Draws a number of which nobody has heard.</summary>
    public override int Next(int maxValue) => source.Next(maxValue);

    /// <inheritdoc/>
    protected override double Sample() => source.NextDouble();

    private void Draw() => _drawn[_end++ % Horizon] = (uint)(source.NextInt64() >> 31);

    // Without the rejection that would make all equally likely: of 65,536 numbers one is at most by 1 in 65,536 more
    // likely than another.
    private static int Below(int limit, uint drawn) => (int)(((ulong)drawn * (uint)limit) >> 32);
}
