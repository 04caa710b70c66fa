namespace NatEngine.LoadTest.Rfc9693;

/// <summary>What arrived of one stream of numbered frames: each once, or not.</summary>
/// <remarks>One thread counts. Nothing is allocated meanwhile.</remarks>
internal sealed class ArrivalCounter
{
    private readonly ulong[] _seen;
    private readonly long _frames;
    private long _next;

    /// <summary>Prepares for a stream.</summary>
    /// <param name="frames">How many frames the stream has at most.</param>
    public ArrivalCounter(long frames)
    {
        _frames = frames;
        _seen = new ulong[(frames + 63) / 64];
    }

    /// <summary>Frames that arrived where they should, each counted once.</summary>
    public long Received { get; private set; }

    /// <summary>Frames that had arrived before.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Frames that arrived after one that was sent later (RFC 4737 section 3.3).</summary>
    public long Reordered { get; private set; }

    /// <summary>Frames that arrived with an address or a port that they should not have. They are not received.
    /// </summary>
    public long WrongTranslations { get; private set; }

    /// <summary>Counts a frame that arrived where it should.</summary>
    /// <returns>False if it is none of the stream's, or a duplicate.</returns>
    public bool Add(uint sequence)
    {
        if (sequence >= _frames)
        {
            return false;
        }

        ref ulong word = ref _seen[sequence >> 6];
        ulong bit = 1UL << (int)(sequence & 63);
        if ((word & bit) != 0)
        {
            Duplicates++;
            return false;
        }

        word |= bit;
        Received++;
        if (sequence < _next)
        {
            Reordered++;
        }
        else
        {
            _next = sequence + 1L;
        }

        return true;
    }

    /// <summary>Whether a frame arrived where it should.</summary>
    public bool Has(long sequence) => (_seen[sequence >> 6] & (1UL << (int)(sequence & 63))) != 0;

    /// <summary>Counts a frame that arrived wrong.</summary>
    public void AddWrong() => WrongTranslations++;
}
