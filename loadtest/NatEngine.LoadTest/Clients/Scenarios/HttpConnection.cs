using System;
using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Unicode;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.LoadTest.Clients.Servers;

namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>A client's connection to a web server.</summary>
/// <remarks>HttpClient would do, and would decide itself which connection carries which request; a load tester decides
/// that, times the first octet, and can afford little for each request.</remarks>
internal sealed class HttpConnection : IDisposable
{
    private const int BufferLength = 32 * 1024;

    private readonly ClientSeat _seat;
    private readonly IPAddress _server;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
    private Socket? _socket;
    private int _disposed;

    private HttpConnection(ClientSeat seat, IPAddress server)
    {
        _seat = seat;
        _server = server;
    }

    /// <summary>Octets of content received so far.</summary>
    public long Received { get; private set; }

    /// <summary>Prepares a connection, which <see cref="ConnectAsync"/> opens.</summary>
    public static HttpConnection To(ClientSeat seat, IPAddress server) => new(seat, server);

    /// <summary>Opens the connection.</summary>
    /// <returns>Why it could not be.</returns>
    public async ValueTask<FailureCause> ConnectAsync(CancellationToken timeout)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            _socket = _seat.OpenTcp();
            await _socket.ConnectAsync(new IPEndPoint(_server, ServerPlaces.WebPort), timeout);
            _seat.Recorder.Record(LatencyPhase.Connect, start, Stopwatch.GetTimestamp());
            return FailureCause.None;
        }
        catch (Exception thrown) when (FailureCauses.IsFailure(thrown))
        {
            return FailureCauses.Of(thrown, FailureCause.ConnectTimeout);
        }
    }

    /// <summary>Asks for an object and receives it whole, on a connection that is open.</summary>
    /// <param name="octets">Its length.</param>
    /// <param name="token">What makes its content this request's own.</param>
    /// <param name="timeout">Ends it.</param>
    /// <returns>Why it failed.</returns>
    public async ValueTask<FailureCause> FetchAsync(long octets, int token, CancellationToken timeout)
    {
        try
        {
            Socket socket = _socket!;
            long start = Stopwatch.GetTimestamp();
            await socket.SendAsync(_buffer.AsMemory(0, WriteRequest(octets, token)), timeout);
            int filled = await socket.ReceiveAsync(_buffer, timeout);
            _seat.Recorder.Record(LatencyPhase.FirstOctet, start, Stopwatch.GetTimestamp());
            while (filled > 0 && !HttpAnswer.IsWhole(_buffer.AsSpan(0, filled)))
            {
                int more = await socket.ReceiveAsync(_buffer.AsMemory(filled), timeout);
                filled = more == 0 ? 0 : filled + more;
            }

            if (filled == 0)
            {
                return FailureCause.Reset;
            }

            return HttpAnswer.TryParse(_buffer.AsSpan(0, filled), out HttpAnswer answer)
                && answer.Status == (int)HttpStatusCode.OK && answer.ContentLength == octets
                ? await ReceiveContentAsync(octets, token, answer.HeadLength, filled, timeout)
                : FailureCause.Http;
        }
        catch (Exception thrown) when (FailureCauses.IsFailure(thrown))
        {
            return FailureCauses.Of(thrown, FailureCause.ResponseTimeout);
        }
    }

    /// <summary>Closes the connection as a browser does, with a FIN.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _socket?.Dispose();
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }

    private async ValueTask<FailureCause> ReceiveContentAsync(
        long octets, int token, int start, int end, CancellationToken timeout)
    {
        long position = 0;
        while (true)
        {
            int length = end - start;
            if (length == 0 && position < octets)
            {
                return FailureCause.Reset;
            }

            if (position + length > octets || !Content.Matches(token, position, _buffer.AsSpan(start, length)))
            {
                return FailureCause.Corrupt;
            }

            position += length;
            Received += length;
            _seat.Recorder.AddOctets(_seat.Number, length);
            if (position == octets)
            {
                return FailureCause.None;
            }

            start = 0;
            end = await _socket!.ReceiveAsync(_buffer, timeout);
        }
    }

    private int WriteRequest(long octets, int token)
        => Utf8.TryWrite(_buffer, $"GET /{octets}/{token} HTTP/1.1\r\nHost: {_server}\r\n\r\n", out int written)
            ? written
            : throw new InvalidOperationException("A request fits its buffer.");
}
