using System;

namespace NatEngine.Translation.Policy;

/// <summary>Chance that remembers how often it was drawn: what was decided without it is certain.</summary>
internal sealed class Guesses : Random
{
    /// <summary>How often.</summary>
    public int Drawn { get; private set; }

    /// <inheritdoc/>
    public override int Next(int maxValue)
    {
        Drawn++;
        return base.Next(maxValue);
    }

    /// <inheritdoc/>
    public override long NextInt64()
    {
        Drawn++;
        return base.NextInt64();
    }

    /// <inheritdoc/>
    public override long NextInt64(long maxValue)
    {
        Drawn++;
        return base.NextInt64(maxValue);
    }
}
