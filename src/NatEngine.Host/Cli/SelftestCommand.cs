using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NatEngine.Conformance;
using NatEngine.Conformance.Systems;
using NatEngine.Host.Hosting;
using NatEngine.Host.Selftesting;
using NatEngine.Host.Settings;

namespace NatEngine.Host.Cli;

/// <summary><c>natengine selftest</c>: judges this program, with the operator's settings, in a lab of its own.
/// </summary>
internal static class SelftestCommand
{
    private const string Netfilter = "netfilter";

    internal static Command Create()
    {
        Command command = new(
            "selftest",
            "Prove the RFCs' requirements with these settings, in a network of namespaces that is built for it and "
            + "removed again. Takes root, and touches nothing of the machine. Interfaces and addresses are the lab's.");
        RunOptions settings = new(command);
        Option<string> against = new("--against")
        {
            Description = "Judge the kernel's masquerade by the same requirements, too.",
            HelpName = Netfilter,
        };
        against.AcceptOnlyFromAmong(Netfilter);
        Option<string> format = new("-o", "--output")
        {
            Description = "text or json.",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json");
        command.Options.Add(against);
        command.Options.Add(format);
        command.SetAction(parsed => InvokeAsync(
            settings.ConfigPath(parsed),
            settings.Values(parsed),
            parsed.GetValue(against) is not null,
            parsed.GetValue(format) == "json"));
        return command;
    }

    private static async Task<int> InvokeAsync(
        string? configPath,
        Dictionary<string, IReadOnlyList<string>> commandLine,
        bool withNetfilter,
        bool asJson)
    {
        List<SettingFault> faults = [];
        GatewaySettings settings = LabSettings.Load(commandLine, configPath, faults, out LabSettings inLab);
        if (faults.Count > 0)
        {
            foreach (SettingFault fault in faults)
            {
                await ComplainAsync(fault.ToString()).ConfigureAwait(false);
            }

            return ExitCode.BadInput;
        }

        if (settings.RulesPath is string rules)
        {
            await ComplainAsync(
                $"{rules}: the rules are not tried: they name interfaces and addresses that the lab has not. Judged is "
                + "what natengine does without them").ConfigureAwait(false);
        }

        if (Selftest.WhyNot() is { } reason)
        {
            await ComplainAsync(reason).ConfigureAwait(false);
            return ExitCode.Failure;
        }

        NatEngineSystem ours = new(OwnCommand(), ClaimedContract.Of(settings), inLab.ToJson);
        List<ISystemUnderTest> systems = [ours];
        if (withNetfilter)
        {
            systems.Add(new NetfilterSystem(ours.Contract));
        }

        return await JudgeAsync(settings, systems, asJson).ConfigureAwait(false);
    }

    private static async Task<int> JudgeAsync(
        GatewaySettings settings, IReadOnlyList<ISystemUnderTest> systems, bool asJson)
    {
        using Interruption interruption = new();
        try
        {
            long start = TimeProvider.System.GetTimestamp();
            IReadOnlyList<Judgement> judgements = Selftest.Run(systems, interruption.Token);
            SelftestReport report = new(
                BehaviorText.Name(settings.Pool),
                BehaviorText.Of(settings.Pool),
                settings.Lanes,
                [.. systems.Select(system => system.Name)],
                judgements,
                TimeProvider.System.GetElapsedTime(start));
            TextWriter output = Console.Out;
            await output.WriteAsync(asJson
                ? SelftestJson.Write(report)
                : SelftestTable.Write(report, isTerminal: !Console.IsOutputRedirected)).ConfigureAwait(false);
            return report.Failed == 0 ? ExitCode.Success : ExitCode.Failure;
        }
        catch (OperationCanceledException)
        {
            await ComplainAsync("interrupted; the lab is removed").ConfigureAwait(false);
            return interruption.ExitCode;
        }
        catch (SelftestException error)
        {
            await ComplainAsync(error.Message).ConfigureAwait(false);
            return ExitCode.Failure;
        }
    }

    // This very program: by its own name, or by way of dotnet if it was started so.
    private static IReadOnlyList<string> OwnCommand()
    {
        string process = Environment.ProcessPath
            ?? throw new InvalidOperationException("A process on Linux has a path.");
        return Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? [process, Path.Combine(AppContext.BaseDirectory, "natengine.dll")]
            : [process];
    }

    private static Task ComplainAsync(string text) => Console.Error.WriteLineAsync($"natengine: {text}");
}
