using NatEngine.Packets;

namespace NatEngine.Translation.Tests.Model;

/// <summary>A session of <see cref="ReferenceNat"/>: who opened it, with whom.</summary>
internal sealed class ReferenceSession(TransportAddress opener, TransportAddress peer, bool hairpin, long now)
{
    private const long Unreplied = 120_000;
    private const long Replied = 300_000;
    private bool _replied;

    public long Deadline { get; private set; } = now + Unreplied;

    public bool Uses(TransportAddress internalEnd) => opener == internalEnd || (hairpin && peer == internalEnd);

    public bool Connects(TransportAddress one, TransportAddress other)
        => (opener == one && peer == other) || (opener == other && peer == one);

    public void Touch(TransportAddress from, long time)
    {
        _replied |= from == peer && opener != peer; // talking to oneself is not an answer
        Deadline = time + (_replied ? Replied : Unreplied);
    }
}
