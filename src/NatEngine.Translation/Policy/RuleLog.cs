namespace NatEngine.Translation.Policy;

/// <summary>What LOG rules have to say until somebody writes it: a few entries, and the number of those for which there
/// was no room, so that a flood costs a counter and not a disk.</summary>
internal sealed class RuleLog
{
    private const int Room = 64;

    private readonly RuleLogEntry[] _entries = new RuleLogEntry[Room];

    /// <summary>How many entries wait.</summary>
    public int Count { get; private set; }

    /// <summary>How many found no room since the beginning.</summary>
    public long Lost { get; private set; }

    /// <summary>Adds one.</summary>
    public void Add(in RuleLogEntry entry)
    {
        if (Count == Room)
        {
            Lost++;
            return;
        }

        _entries[Count++] = entry;
    }

    /// <summary>Takes what waits, in its order.</summary>
    public RuleLogEntry[] Take()
    {
        RuleLogEntry[] taken = _entries[..Count];
        Count = 0;
        return taken;
    }
}
