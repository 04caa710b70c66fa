using System;
using System.IO;
using System.Threading.Tasks;

namespace NatEngine.Host.Recording;

/// <summary>Where the translation log goes: a file, or standard output.</summary>
/// <remarks>The file is opened for each write and kept by nobody, so that it can be moved away at any time: the next
/// write begins another.</remarks>
internal sealed class TranslationLogFile(string path) : IDisposable
{
    /// <summary>The path that means standard output.</summary>
    internal const string StandardOutput = "-";

    private readonly Stream? _output = path == StandardOutput ? Console.OpenStandardOutput() : null;

    /// <summary>Returns if the file can be written to.</summary>
    /// <exception cref="IOException">It cannot; the message says why.</exception>
    internal void Check() => Open().Dispose();

    /// <summary>Adds lines.</summary>
    /// <exception cref="IOException">They could not be written, or not all of them.</exception>
    internal async Task WriteAsync(ReadOnlyMemory<byte> lines)
    {
        if (_output is not null)
        {
            await _output.WriteAsync(lines).ConfigureAwait(false);
            await _output.FlushAsync().ConfigureAwait(false);
            return;
        }

        Stream file = Open();
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(lines).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _output?.Dispose();

    private Stream Open()
    {
        if (_output is not null)
        {
            return Stream.Null;
        }

        try
        {
            // Who had which address is not everybody's to read.
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Append,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead,
            });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"log.translations '{path}': {error.Message}", error);
        }
    }
}
