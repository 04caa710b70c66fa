using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;

namespace NatEngine.Host.Control;

/// <summary>The gateway's end of the control socket: accepts clients and lets a handler answer each.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    /// <summary>How many clients are answered at a time; more wait in the listen queue.</summary>
    internal const int MaxClients = 8;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // A client sends its request at once. One that does not is not left to hold a place.
    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(5);

    private readonly string _path;
    private readonly Socket _listener;
    private readonly ControlHandler _handler;
    private readonly ILogger<ControlServer> _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _places = new(MaxClients);
    private readonly ConcurrentDictionary<Task, byte> _answers = new();
    private readonly Task _accepting;

    private ControlServer(string path, Socket listener, ControlHandler handler, ILogger<ControlServer> logger)
    {
        _path = path;
        _listener = listener;
        _handler = handler;
        _logger = logger;
        _accepting = AcceptAsync();
    }

    /// <summary>Opens the socket, for its owner only. A file that a dead process left there is replaced.</summary>
    /// <exception cref="IOException">Another process answers there, the path is too long or is something else than a
    /// socket, or the file system refuses.</exception>
    internal static ControlServer Open(string path, ControlHandler handler, ILogger<ControlServer> logger)
    {
        UnixDomainSocketEndPoint endPoint = ControlSocket.EndPointOf(path);
        Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is string directory)
            {
                Directory.CreateDirectory(directory);
            }

            ControlSocket.RemoveStale(path, endPoint);
            listener.Bind(endPoint);

            // Nobody can connect before Listen, so the mode is in force before the first client.
            File.SetUnixFileMode(path, OwnerOnly);
            listener.Listen(MaxClients);
            return new ControlServer(path, listener, handler, logger);
        }
        catch (Exception error) when (error is SocketException or UnauthorizedAccessException or IOException)
        {
            listener.Dispose();
            throw new IOException($"control socket '{path}': {error.Message}", error);
        }
    }

    /// <summary>Closes the socket, ends the answers that are under way, and removes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_answers.Keys).ConfigureAwait(false);
        File.Delete(_path);
        _stop.Dispose();
        _places.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                await _places.WaitAsync(_stop.Token).ConfigureAwait(false);
                Socket client = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                Task answer = AnswerAsync(client);
                _answers.TryAdd(answer, 0);
                _ = answer.ContinueWith(
                    done =>
                    {
                        _answers.TryRemove(done, out _);
                        _places.Release();
                    },
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
        catch (SocketException error)
        {
            ControlLog.Deaf(_logger, _path, error.Message);
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        using Socket connection = client;
        try
        {
            string[]? request = await ReadRequestAsync(connection).ConfigureAwait(false);
            ControlResponse response = new(connection);
            int exitCode;
            if (request is null)
            {
                response.WriteError("a request is one line of at most 4096 octets");
                exitCode = 1;
            }
            else
            {
                exitCode = await _handler(request, response, _stop.Token).ConfigureAwait(false);
            }

            if (response.IsFull)
            {
                await response.FlushAsync(_stop.Token).ConfigureAwait(false);
            }

            response.Finish(exitCode);
            await response.FlushAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The gateway stops, or the client never asked: it sees its answer cut short.
        }
        catch (SocketException)
        {
            // The client went away before it had read everything, as `| head` does.
        }
        catch (Exception error)
        {
            ControlLog.AnswerFailed(_logger, error);
        }
    }

    private async Task<string[]?> ReadRequestAsync(Socket connection)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        late.CancelAfter(RequestTime);
        byte[] line = new byte[ControlChannel.LongestRequest];
        int length = 0;
        while (length < line.Length)
        {
            int received = await connection.ReceiveAsync(line.AsMemory(length), late.Token).ConfigureAwait(false);
            if (received == 0)
            {
                return null;
            }

            length += received;
            int end = Array.IndexOf(line, (byte)'\n', 0, length);
            if (end >= 0)
            {
                return Encoding.UTF8.GetString(line, 0, end).Split(
                    ' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            }
        }

        return null;
    }
}
