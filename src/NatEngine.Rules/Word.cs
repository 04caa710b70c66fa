namespace NatEngine.Rules;

/// <summary>A word of a line, and where it stands.</summary>
/// <param name="Text">The word, without the quotes it may have had.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">The column of its first character, from 1.</param>
public readonly record struct Word(string Text, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => Text ?? "";
}
