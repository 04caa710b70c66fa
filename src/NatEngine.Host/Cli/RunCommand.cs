using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using NatEngine.Devices;
using NatEngine.Host.Guarding;
using NatEngine.Host.Hosting;
using NatEngine.Host.Planning;
using NatEngine.Host.Policy;
using NatEngine.Host.Recording;
using NatEngine.Host.Settings;
using NatEngine.Rules;

namespace NatEngine.Host.Cli;

/// <summary><c>natengine run</c>.</summary>
internal static class RunCommand
{
    // What is in flight is sent in milliseconds; nft takes tens. Whoever waits longer is better killed.
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(5);

    /// <summary>Runs the gateway until it is told to stop.</summary>
    /// <returns>The exit code, of <see cref="ExitCode"/>.</returns>
    internal static async Task<int> InvokeAsync(
        string? configPath, IReadOnlyDictionary<string, IReadOnlyList<string>> commandLine)
    {
        List<SettingFault> faults = [];
        GatewaySettings settings = SettingsLoader.Load(commandLine, configPath, faults);
        GatewayPlan? plan = null;
        GuardChoice? guard = null;
        try
        {
            if (faults.Count == 0)
            {
                guard = new GuardChoice(settings.HasGuard ? Guard.Choose(settings.GuardKind) : null);
                plan = GatewayPlanner.Plan(settings, MachineReader.Read(), faults);
            }
        }
        catch (GuardException error)
        {
            faults.Add(new SettingFault(
                settings.Locate(SettingKeys.GuardKind), SettingKeys.GuardKind.Noun, null, error.Message));
        }

        if (plan is null || guard is null)
        {
            foreach (SettingFault fault in faults)
            {
                await ComplainAsync(fault.ToString()).ConfigureAwait(false);
            }

            return ExitCode.BadInput;
        }

        if (settings.RulesPath is string rules)
        {
            plan = await AddRulesAsync(plan, rules).ConfigureAwait(false);
        }

        return plan is null ? ExitCode.Failure : await RunAsync(plan, settings, guard).ConfigureAwait(false);
    }

    // What is only doubtful is logged when the gateway has started.
    private static async Task<GatewayPlan?> AddRulesAsync(GatewayPlan plan, string path)
    {
        try
        {
            GatewayPlan? ruled = RulesPlanner.TryPlan(plan, path, out IReadOnlyList<Finding> findings);
            foreach (Finding finding in ruled is null ? findings : [])
            {
                await Console.Error.WriteLineAsync(finding.ToString()).ConfigureAwait(false);
            }

            return ruled;
        }
        catch (IOException error)
        {
            await ComplainAsync($"rules file: {error.Message}").ConfigureAwait(false);
            return null;
        }
    }

    private static async Task<int> RunAsync(GatewayPlan plan, GatewaySettings settings, GuardChoice guard)
    {
        using IHost host = Build(plan, settings, guard);
        GatewayService gateway = host.Services.GetRequiredService<GatewayService>();
        try
        {
            await host.RunAsync().ConfigureAwait(false);
            return gateway.ExitCode;
        }
        catch (Exception error) when (error is DeviceException or GuardException or IOException)
        {
            await ComplainAsync(error.Message).ConfigureAwait(false);
            return ExitCode.Failure;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Success; // told to stop while it was starting
        }
    }

    // An empty builder: no appsettings.json, no environment variables. What is not in natengine.json or on the command
    // line has no say.
    private static IHost Build(GatewayPlan plan, GatewaySettings settings, GuardChoice guard)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(settings.LogLevel);

        // The library's own account of starting and stopping says nothing that ours does not.
        builder.Logging.AddFilter("Microsoft", LogLevel.None);
        builder.Logging.AddConsole(console =>
        {
            console.FormatterName = OperatorFormatter.FormatName;

            // Whoever reads one log from standard output does not want the other's lines between.
            console.LogToStandardErrorThreshold = settings.TranslationLogPath == TranslationLogFile.StandardOutput
                ? LogLevel.Trace
                : LogLevel.None;
        });
        builder.Services.AddSingleton<ConsoleFormatter, OperatorFormatter>();
        builder.Services.AddSystemd();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTime);
        builder.Services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
        builder.Services.AddSingleton(plan);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(guard);
        builder.Services.AddSingleton<GatewayService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<GatewayService>());
        return builder.Build();
    }

    private static Task ComplainAsync(string text) => Console.Error.WriteLineAsync($"natengine: {text}");
}
