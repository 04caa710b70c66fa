using System;
using System.Buffers.Text;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace NatEngine.Host.Control;

/// <summary>The command line's end of the control socket.</summary>
internal static class ControlClient
{
    private const int BufferLength = 64 * 1024;

    /// <summary>Sends a request and copies the answer to standard output and standard error as it comes.</summary>
    /// <returns>The exit code: the server's, or 1 if there is no server or it went away.</returns>
    internal static async Task<int> RunAsync(
        string path, string request, Stream output, Stream error, CancellationToken cancellation)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(ControlSocket.EndPointOf(path), cancellation).ConfigureAwait(false);
            await socket.SendAsync(Encoding.UTF8.GetBytes(request + '\n'), cancellation).ConfigureAwait(false);
            int? exitCode = await CopyAsync(socket, output, error, cancellation).ConfigureAwait(false);
            if (exitCode is int code)
            {
                return code;
            }

            await ComplainAsync(error, "the answer was cut short: natengine is stopping or has died")
                .ConfigureAwait(false);
        }
        catch (SocketException failure)
        {
            await ComplainAsync(error, Explain(path, failure)).ConfigureAwait(false);
        }
        catch (IOException failure)
        {
            await ComplainAsync(error, failure.Message).ConfigureAwait(false);
        }

        return 1;
    }

    private static async Task<int?> CopyAsync(
        Socket socket, Stream output, Stream error, CancellationToken cancellation)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferLength);
        int length = 0;
        int? exitCode = null;
        while (length < buffer.Length)
        {
            int received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false);
            if (received == 0)
            {
                break;
            }

            length += received;
            int used = Deal(buffer.AsSpan(0, length), output, error, ref exitCode);
            buffer.AsSpan(used, length - used).CopyTo(buffer);
            length -= used;
        }

        await output.FlushAsync(cancellation).ConfigureAwait(false);
        await error.FlushAsync(cancellation).ConfigureAwait(false);
        return exitCode;
    }

    // Whole lines only; what is left of the last one waits for its end.
    private static int Deal(ReadOnlySpan<byte> octets, Stream output, Stream error, ref int? exitCode)
    {
        int used = 0;
        for (int end; (end = octets[used..].IndexOf((byte)'\n')) >= 0; used += end + 1)
        {
            ReadOnlySpan<byte> line = octets.Slice(used, end + 1);
            switch (line[0])
            {
                case ControlChannel.Output:
                    output.Write(line[1..]);
                    break;
                case ControlChannel.Error:
                    error.Write(line[1..]);
                    break;
                case ControlChannel.End when Utf8Parser.TryParse(line[1..], out int code, out _):
                    exitCode = code;
                    break;
                default:
                    break;
            }
        }

        return used;
    }

    private static string Explain(string path, SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.AddressNotAvailable or SocketError.ConnectionRefused
            => $"natengine is not running (no control socket at {path})",
        SocketError.AccessDenied
            => $"no permission for the control socket at {path}: run as the user natengine runs as",
        _ => $"the control socket at {path}: {failure.Message}",
    };

    private static async Task ComplainAsync(Stream error, string text)
    {
        await error.WriteAsync(Encoding.UTF8.GetBytes($"natengine: {text}\n")).ConfigureAwait(false);
        await error.FlushAsync().ConfigureAwait(false);
    }
}
