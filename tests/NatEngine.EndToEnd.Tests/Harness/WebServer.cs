using System;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>
/// A Kestrel server on a host of the lab. <c>GET /SEED/LENGTH</c> gives <see cref="Content"/>, <c>PUT /</c> answers
/// with the SHA-256 of what was sent, <c>GET /peer</c> with the address and port that the request came from.
/// </summary>
internal sealed class WebServer : IDisposable
{
    private readonly WebApplication _application;

    private WebServer(WebApplication application) => _application = application;

    /// <summary>Starts a server. Only its listening socket is opened on the host: what it accepts is there
    /// too.</summary>
    public static WebServer Start(LabHost host, IPAddress address, int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket =
            endpoint => host.Enter(() => SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint)));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address, port);
            kestrel.Limits.MaxRequestBodySize = null;

            // A busy machine is no reason to hang up.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        WebApplication application = builder.Build();
        application.Run(AnswerAsync);
        application.Start();
        return new WebServer(application);
    }

    public void Dispose()
    {
        using (_application.Services.CreateScope())
        {
            _application.StopAsync(TimeSpan.FromSeconds(1)).GetAwaiter().GetResult();
        }

        _application.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static Task AnswerAsync(HttpContext exchange)
    {
        if (exchange.Request.Method == HttpMethods.Put)
        {
            return AnswerHashAsync(exchange);
        }

        string path = exchange.Request.Path.Value!.Trim('/');
        if (path == "peer")
        {
            ConnectionInfo peer = exchange.Connection;
            return exchange.Response.WriteAsync($"{peer.RemoteIpAddress}:{peer.RemotePort}");
        }

        string[] parts = path.Split('/');
        int seed = int.Parse(parts[0], CultureInfo.InvariantCulture);
        return AnswerContentAsync(exchange, seed, long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static async Task AnswerContentAsync(HttpContext exchange, int seed, long length)
    {
        exchange.Response.ContentLength = length;
        exchange.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        byte[] octets = new byte[Content.BlockLength];
        for (long block = 0; block * Content.BlockLength < length; block++)
        {
            Content.Fill(seed, block, octets);
            int wanted = (int)Math.Min(Content.BlockLength, length - (block * Content.BlockLength));
            await exchange.Response.Body.WriteAsync(octets.AsMemory(0, wanted), exchange.RequestAborted);
        }
    }

    private static async Task AnswerHashAsync(HttpContext exchange)
    {
        byte[] hash = await SHA256.HashDataAsync(exchange.Request.Body, exchange.RequestAborted);
        await exchange.Response.WriteAsync(Convert.ToHexStringLower(hash));
    }
}
