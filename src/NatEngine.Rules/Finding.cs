using System.Globalization;

namespace NatEngine.Rules;

/// <summary>Something that the author of a rule should know.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="File">The file, or whatever the text came from.</param>
/// <param name="Word">The word that it is about, and where that stands.</param>
/// <param name="Message">What is the matter with it, and why.</param>
public sealed record Finding(FindingSeverity Severity, string File, Word Word, string Message)
{
    /// <summary><c>file:line:column: word: message</c>; a warning or a note says that it is one.</summary>
    public override string ToString()
    {
        string kind = Severity switch
        {
            FindingSeverity.Warning => "warning: ",
            FindingSeverity.Note => "note: ",
            _ => "",
        };
        string word = Word.Text.Length == 0 ? "" : Word.Text + ": ";
        return string.Create(
            CultureInfo.InvariantCulture, $"{File}:{Word.Line}:{Word.Column}: {kind}{word}{Message}");
    }
}
