using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NatEngine.Devices;
using NatEngine.Host.Guarding;
using NatEngine.Host.Planning;
using NatEngine.Host.Settings;

namespace NatEngine.Host.Hosting;

/// <summary>Runs a <see cref="Gateway"/> for as long as the host runs.</summary>
/// <remarks>The host has started, and tells systemd so, only when <see cref="StartAsync"/> is done: when packets are
/// forwarded.</remarks>
internal sealed class GatewayService(
    GatewayPlan plan,
    GatewaySettings settings,
    GuardChoice guard,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers) : BackgroundService
{
    private readonly ILogger<GatewayService> _logger = loggers.CreateLogger<GatewayService>();
    private Gateway? _gateway;

    /// <summary>What the process will tell its parent.</summary>
    internal int ExitCode { get; private set; }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _gateway = await Gateway.StartAsync(plan, settings, guard.Guard, loggers, cancellationToken)
            .ConfigureAwait(false);
        GatewayLog.Ready(_logger, plan.Internal.Name, plan.External.Name);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_gateway is null)
        {
            return;
        }

        GatewayLog.Stopping(_logger);
        await _gateway.DisposeAsync().ConfigureAwait(false);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _gateway!.Completion.ConfigureAwait(false);
        }
        catch (DeviceException error)
        {
            GatewayLog.InterfaceGone(_logger, error.Message);
            ExitCode = Host.ExitCode.Failure;
        }
        catch (Exception error)
        {
            GatewayLog.PipelineFailed(_logger, error);
            ExitCode = Host.ExitCode.Failure;
        }

        lifetime.StopApplication();
    }
}
