using System;
using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Unicode;
using System.Threading;
using System.Threading.Tasks;

namespace NatEngine.Host.Control;

/// <summary>An answer under way to a client: lines gather in a buffer of fixed size and go out when it is full, so that
/// a listing of a million sessions takes no more memory than one of ten.</summary>
internal sealed class ControlResponse(Socket client)
{
    // A session's line is at most about 300 octets, a rule's as long as iptables-restore reads one
    // (RESTORE_BUFLEN, 10240).
    private const int LongestLine = 12 * 1024;
    private const int FlushAt = 60 * 1024;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(FlushAt + LongestLine);
    private int _length;

    /// <summary>Octets that wait to be sent.</summary>
    internal ReadOnlySpan<byte> Waiting => _buffer.AsSpan(0, _length);

    /// <summary>Whether enough lines wait that <see cref="FlushAsync"/> should be called before the next.</summary>
    internal bool IsFull => _length >= FlushAt;

    /// <summary>Begins a line for the client's standard output: the caller fills what it gets, then says how much with
    /// <see cref="EndLine"/>.</summary>
    internal Span<byte> BeginLine() => Begin(ControlChannel.Output);

    /// <summary>Ends the line that <see cref="BeginLine"/> began.</summary>
    internal void EndLine(int written)
    {
        _length += written;
        _buffer[_length++] = (byte)'\n';
    }

    /// <summary>Adds a line for the client's standard output.</summary>
    internal void WriteLine(string text) => Write(ControlChannel.Output, text);

    /// <summary>Adds a line for the client's standard error.</summary>
    internal void WriteError(string text) => Write(ControlChannel.Error, text);

    /// <summary>Adds the last line: the client's exit code.</summary>
    internal void Finish(int exitCode)
    {
        Span<byte> line = Begin(ControlChannel.End);
        bool fits = Utf8Formatter.TryFormat(exitCode, line, out int written);
        Debug.Assert(fits, "a number fits a line");
        EndLine(written);
    }

    /// <summary>Sends what waits, and waits itself while the client does not read.</summary>
    /// <exception cref="SocketException">The client is gone.</exception>
    internal async ValueTask FlushAsync(CancellationToken cancellation)
    {
        int sent = 0;
        while (sent < _length)
        {
            sent += await client.SendAsync(_buffer.AsMemory(sent, _length - sent), cancellation).ConfigureAwait(false);
        }

        _length = 0;
    }

    private void Write(byte channel, string text)
    {
        OperationStatus status = Utf8.FromUtf16(text, Begin(channel), out _, out int written);
        Debug.Assert(status == OperationStatus.Done, "lines are short");
        EndLine(written);
    }

    private Span<byte> Begin(byte channel)
    {
        Debug.Assert(!IsFull, "the caller flushes a full answer before the next line");
        _buffer[_length++] = channel;
        return _buffer.AsSpan(_length, LongestLine - 2);
    }
}
