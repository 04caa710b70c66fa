namespace NatEngine.LoadTest.Reports.Plots;

/// <summary>Words as they stand in headings and sentences.</summary>
internal static class Sentence
{
    /// <summary>A text with a capital letter at its beginning.</summary>
    public static string Capital(string text)
        => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
