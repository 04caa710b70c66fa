using System;
using System.CommandLine;
using NatEngine.LoadTest.Clients.Running;

namespace NatEngine.LoadTest.Clients.Commands;

/// <summary><c>natload generate</c>: the clients. What <c>natload clients</c> starts inside a lab; of no use alone.
/// </summary>
internal static class GenerateCommand
{
    /// <summary>Its name.</summary>
    public const string Name = "generate";

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        Command command = new(Name, "Runs clients as it is told on standard input.") { Hidden = true };
        command.SetAction(_ =>
            GeneratorProgram.ServeAsync(new BuiltInRunner(), Console.In, Console.Out).GetAwaiter().GetResult());
        return command;
    }
}
