using System;
using System.Globalization;
using System.IO;

namespace NatEngine.LoadTest.Systems;

/// <summary>A temporary folder for a control socket, named after this process so that a later one can tell that it was
/// left behind.</summary>
internal sealed class ControlFolder : IDisposable
{
    private const string Prefix = "natload-";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory(
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-"));

    /// <summary>Where the socket goes.</summary>
    public string SocketPath => Path.Combine(_directory.FullName, "control");

    /// <summary>Removes the folders of processes that are gone.</summary>
    public static void RemoveStale()
    {
        foreach (string folder in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*-*"))
        {
            string process = Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                && !Directory.Exists(Path.Combine("/proc", process)))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_directory.Exists)
        {
            _directory.Delete(recursive: true);
        }
    }
}
