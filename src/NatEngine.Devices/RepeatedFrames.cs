using System;

namespace NatEngine.Devices;

/// <summary>What the headers of a repeating device's frames were at first, to make them so again.</summary>
internal sealed class RepeatedFrames(int frames)
{
    // Ethernet with two tags, IPv4 and TCP with all their options take 142; a frame with that many is not what
    // benchmarks are about. Two cache lines.
    private const int Remembered = 128;

    private readonly byte[] _octets = GC.AllocateArray<byte>(frames * Remembered, pinned: true);

    internal void Remember(int slot, ReadOnlySpan<byte> frame)
        => frame[..Math.Min(frame.Length, Remembered)].CopyTo(_octets.AsSpan(slot * Remembered));

    internal void Restore(int slot, Frame frame)
    {
        int length = Math.Min(frame.Length, Remembered);
        _octets.AsSpan(slot * Remembered, length).CopyTo(frame.Octets);
        frame.Header = default;
    }
}
