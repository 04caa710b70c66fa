using System.IO;

namespace NatEngine.Host.Policy;

/// <summary>A rules file with new text in it, and the old text until it is sure that the new stays.</summary>
/// <remarks>Text is written beside the file first, then put in its place: whoever reads it meanwhile finds the one or
/// the other, whole.</remarks>
internal sealed class SavedRules
{
    private readonly string _path;
    private readonly string _before;

    private SavedRules(string path, string before)
    {
        _path = path;
        _before = before;
    }

    /// <summary>Puts other text into a file.</summary>
    /// <exception cref="IOException">That cannot be done; the file is as it was.</exception>
    internal static SavedRules Write(string path, string text)
    {
        try
        {
            SavedRules saved = new(path, File.ReadAllText(path));
            Replace(path, text);
            return saved;
        }
        catch (System.UnauthorizedAccessException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    /// <summary>Puts the text of before back.</summary>
    /// <exception cref="IOException">That cannot be done.</exception>
    internal void PutBack() => Replace(_path, _before);

    private static void Replace(string path, string text)
    {
        string beside = path + ".new";
        File.WriteAllText(beside, text);
        try
        {
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}
