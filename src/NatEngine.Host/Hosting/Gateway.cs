using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using NatEngine.Devices;
using NatEngine.Host.Control;
using NatEngine.Host.Explaining;
using NatEngine.Host.Guarding;
using NatEngine.Host.Planning;
using NatEngine.Host.Policy;
using NatEngine.Host.Receiving;
using NatEngine.Host.Recording;
using NatEngine.Host.Settings;
using NatEngine.Pipeline;

namespace NatEngine.Host.Hosting;

/// <summary>A gateway that runs: claims, rings, guard, pipeline and control socket, from the moment packets are
/// forwarded.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    private readonly GatewayPlan _plan;
    private readonly ILogger<Gateway> _logger;
    private readonly CancellationTokenSource _stop = new();

    // What was set up, in order; taken down in reverse.
    private readonly Stack<Func<ValueTask>> _undo = new();
    private GatewayLanes? _lanes;
    private InterfaceWatch? _interfaces;

    private Gateway(GatewayPlan plan, ILogger<Gateway> logger)
    {
        _plan = plan;
        _logger = logger;
    }

    /// <summary>Completes when the pipeline has ended: because it was told to, or faulted because it failed or an
    /// interface was removed.</summary>
    internal Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Sets everything up, and returns when packets are forwarded. If anything fails, what was set up before
    /// is taken down.</summary>
    /// <exception cref="DeviceException">A ring could not be made.</exception>
    /// <exception cref="GuardException">The guard could not be installed.</exception>
    /// <exception cref="System.IO.IOException">Another process has the interface or the control socket, or the
    /// translation log cannot be written.</exception>
    internal static async Task<Gateway> StartAsync(
        GatewayPlan plan,
        GatewaySettings settings,
        Guard? guard,
        ILoggerFactory loggers,
        CancellationToken cancellation)
    {
        Gateway gateway = new(plan, loggers.CreateLogger<Gateway>());
        try
        {
            await gateway.SetUpAsync(settings, guard, loggers, cancellation).ConfigureAwait(false);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops: what was received is sent, then everything is taken down, the guard among it unless the pipeline
    /// had failed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Completion.ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)
            .ConfigureAwait(false);
        if (_lanes?.ReadCounters() is PipelineCounters counters)
        {
            GatewayLog.Stopped(
                _logger,
                counters.Internal.TransmittedFrames + counters.External.TransmittedFrames,
                counters.Drops.Values.Sum());
        }

        while (_undo.TryPop(out Func<ValueTask>? undo))
        {
            await undo().ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private async Task SetUpAsync(
        GatewaySettings settings, Guard? guard, ILoggerFactory loggers, CancellationToken cancellation)
    {
        foreach (string name in new[] { _plan.Internal.Name, _plan.External.Name })
        {
            Keep(InterfaceClaim.Take(name));
        }

        TranslationLogFile? log = settings.TranslationLogPath is string path ? new TranslationLogFile(path) : null;
        log?.Check();

        // Before anything is opened or guarded: nobody misses a packet meanwhile.
        _ = Rehearsal.Run(_plan.Translation);
        LaneAssembly assembly = new(_plan, settings, part => Keep(part));
        GatewayLanes lanes = assembly.Lanes;
        GatewayRules? rules = StartRules(assembly, guard, loggers);
        GatewayReceiving receiving = new(
            settings.Receive, _plan.Internal.Name, _plan.External.Name, _logger, TimeProvider.System);
        _undo.Push(receiving.DisposeAsync);
        StatisticsReader statistics = new(_plan, assembly, receiving, rules, TimeProvider.System);
        ControlServer control = ControlServer.Open(
            settings.ControlPath,
            new GatewayControl(
                lanes, statistics, new RulesControl(rules), new(lanes, _plan.Translation.AllPools()),
                new ExplainControl(lanes, GatewayNames.Of(_plan))).AnswerAsync,
            loggers.CreateLogger<ControlServer>());
        _undo.Push(control.DisposeAsync);
        if (guard is not null)
        {
            string? left = await guard.InstallAsync(_plan.Guard, cancellation).ConfigureAwait(false);
            _undo.Push(() => RemoveAsync(guard));
            if (left is not null)
            {
                GatewayLog.Warn(_logger, left);
            }
        }

        receiving.Start(statistics.CountReceived, new PacketProcessors().Ask);
        _lanes = lanes;
        _interfaces = Keep(new InterfaceWatch([_plan.Internal, _plan.External], _logger));
        Completion = RunAsync(lanes, _interfaces);
        await StartLogAsync(log, assembly, loggers).ConfigureAwait(false);

        // A pipeline that fails at once never becomes ready: its failure is then this task's.
        await (await Task.WhenAny(lanes.Ready, Completion).WaitAsync(cancellation).ConfigureAwait(false))
            .ConfigureAwait(false);
        if (settings.Realtime && !lanes.IsRealtime)
        {
            GatewayLog.NotRealtime(_logger);
        }

        StartReport.Log(_logger, _plan, settings, guard, assembly);
    }

    private async Task RunAsync(GatewayLanes lanes, InterfaceWatch interfaces)
    {
        Task running = lanes.RunAsync(_stop.Token);
        if (await Task.WhenAny(running, interfaces.Gone).ConfigureAwait(false) != running)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
            await interfaces.Gone.ConfigureAwait(false);
        }

        await running.ConfigureAwait(false);
    }

    // Ends before what it looks at does, when nobody changes that any more.
    private async ValueTask StartLogAsync(TranslationLogFile? file, LaneAssembly assembly, ILoggerFactory loggers)
    {
        if (file is not null)
        {
            TranslationLogWriter writer = new(
                assembly.Translators, assembly.Lanes, file, _plan.Translation.AllPools().Select(pool => pool.Name),
                loggers.CreateLogger<TranslationLogWriter>(), TimeProvider.System);
            _undo.Push(writer.DisposeAsync);
            await writer.StartAsync().ConfigureAwait(false);
        }
    }

    // Its log is looked at until the gateway stops, and ends before what it looks at does.
    private GatewayRules? StartRules(LaneAssembly assembly, Guard? guard, ILoggerFactory loggers)
    {
        if (_plan.Rules is not RulePlan plan)
        {
            return null;
        }

        RuleLogWriter log = new(assembly.Lanes, loggers.CreateLogger<RuleLogWriter>(), TimeProvider.System);
        RuledLanes lanes = new(assembly.Lanes, assembly.Exchange);
        GatewayRules rules = Keep(new GatewayRules(plan, lanes, guard, log));
        Task writing = log.RunAsync(() => rules.Programs, _stop.Token);
        _undo.Push(async () => await writing.ConfigureAwait(false));
        return rules;
    }

    private T Keep<T>(T part)
        where T : IDisposable
    {
        _undo.Push(() =>
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        });
        return part;
    }

    // After a failure the guard stays where it is: fail closed.
    private async ValueTask RemoveAsync(Guard guard)
    {
        if (Completion.IsFaulted)
        {
            GatewayLog.GuardStays(_logger, _plan.Internal.Name, _plan.External.Name);
            return;
        }

        try
        {
            // A program is found by the name that the interface has now, a table by the one it had at first.
            await guard.RemoveAsync(
                [.. _interfaces?.Names ?? [_plan.Internal.Name, _plan.External.Name]], CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (GuardException error)
        {
            GatewayLog.GuardNotRemoved(_logger, error.Message);
        }
    }
}
