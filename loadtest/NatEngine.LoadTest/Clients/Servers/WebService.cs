using System;
using System.Globalization;
using System.Net;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Clients.Servers;

/// <summary>Kestrel, on every address of the host: <c>GET /OCTETS/TOKEN</c> gives so much <see cref="Content"/>.
/// </summary>
internal sealed class WebService : IDisposable
{
    // What the kernel allows a listening socket by default (net.core.somaxconn); a browser's SYN beyond it would be
    // dropped here and charged to the gateway.
    private const int Backlog = 4096;

    private const int PieceLength = 32 * 1024;

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);

    private readonly WebApplication _application;
    private readonly PeerTally _peers;

    private WebService(WebApplication application, PeerTally peers)
    {
        _application = application;
        _peers = peers;
    }

    /// <summary>Starts the server, in this process's network namespace.</summary>
    public static WebService Start(int port, PeerTally peers)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<SocketTransportOptions>(transport => transport.Backlog = Backlog);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Any, port);
            kestrel.AddServerHeader = false;

            // A slow client is what is measured here: it is not to be hung up on.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
        WebApplication application = builder.Build();
        WebService service = new(application, peers);
        application.Run(service.AnswerAsync);
        application.Start();
        return service;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _application.StopAsync(StopPatience).GetAwaiter().GetResult();
        _application.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private Task AnswerAsync(HttpContext exchange)
    {
        if (exchange.Connection.RemoteIpAddress is { } peer)
        {
            _peers.Add(IPv4Address.From(peer));
        }

        if (!TryParse(exchange.Request.Path.Value, out long octets, out int token))
        {
            exchange.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        exchange.Response.ContentLength = octets;
        return octets <= PieceLength
            ? exchange.Response.Body.WriteAsync(Content.At(token, 0, (int)octets)).AsTask()
            : SendAsync(exchange, octets, token);
    }

    private static async Task SendAsync(HttpContext exchange, long octets, int token)
    {
        for (long position = 0; position < octets; position += PieceLength)
        {
            int length = (int)Math.Min(PieceLength, octets - position);
            await exchange.Response.Body.WriteAsync(Content.At(token, position, length), exchange.RequestAborted);
        }
    }

    private static bool TryParse(ReadOnlySpan<char> path, out long octets, out int token)
    {
        octets = 0;
        token = 0;
        ReadOnlySpan<char> rest = path.IsEmpty ? path : path[1..];
        int slash = rest.IndexOf('/');
        return slash > 0
            && long.TryParse(rest[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out octets)
            && int.TryParse(rest[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out token);
    }
}
