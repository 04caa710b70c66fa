using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NatEngine.Translation;

/// <summary>Numbers that nobody can predict from those before: ports chosen with it are hard to guess (RFC 6056). Draws
/// from the system's generator a page at a time, and allocates nothing after that page.</summary>
public sealed class CryptographicRandom : Random
{
    private readonly byte[] _page = new byte[4096];
    private int _used = 4096;

    /// <inheritdoc/>
    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)((Draw() >> 32) * (uint)maxValue >> 32);
    }

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)(minValue + (long)((Draw() >> 32) * (ulong)((long)maxValue - minValue) >> 32));
    }

    /// <inheritdoc/>
    public override int Next() => (int)(Draw() >> 33);

    /// <inheritdoc/>
    public override long NextInt64() => (long)(Draw() >> 1);

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer) => RandomNumberGenerator.Fill(buffer);

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer) => RandomNumberGenerator.Fill(buffer);

    /// <inheritdoc/>
    protected override double Sample() => (Draw() >> 11) * (1.0 / (1UL << 53));

    private ulong Draw()
    {
        if (_used == _page.Length)
        {
            RandomNumberGenerator.Fill(_page);
            _used = 0;
        }

        ulong drawn = BinaryPrimitives.ReadUInt64LittleEndian(_page.AsSpan(_used));
        _used += sizeof(ulong);
        return drawn;
    }
}
