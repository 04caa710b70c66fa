using System;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using NatEngine.Host.Control;
using NatEngine.Host.Settings;

namespace NatEngine.Host.Cli;

/// <summary>Commands that a running gateway answers.</summary>
internal static class GatewayQuestion
{
    /// <summary>Has a command ask the gateway.</summary>
    /// <param name="command">The command, which gets an option for the control socket.</param>
    /// <param name="request">The request that its words make.</param>
    internal static void Ask(Command command, Func<ParseResult, string> request)
    {
        Option<string> control = new(SettingKeys.ControlPath.Option!)
        {
            Description = "The control socket of the gateway.",
            HelpName = "PATH",
            DefaultValueFactory = _ => ControlChannel.DefaultPath,
        };
        command.Options.Add(control);
        command.SetAction(async (parsed, cancellation) =>
        {
            Stream output = Console.OpenStandardOutput();
            await using (output.ConfigureAwait(false))
            {
                Stream error = Console.OpenStandardError();
                await using (error.ConfigureAwait(false))
                {
                    return await ControlClient.RunAsync(
                        parsed.GetValue(control)!, request(parsed), output, error, cancellation).ConfigureAwait(false);
                }
            }
        });
    }
}
