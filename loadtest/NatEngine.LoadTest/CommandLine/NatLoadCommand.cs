using System.CommandLine;

namespace NatEngine.LoadTest.CommandLine;

/// <summary>The command line of natload. A command is a class; adding one is adding it here.</summary>
internal static class NatLoadCommand
{
    /// <summary>Makes the whole command line.</summary>
    public static RootCommand Create() => new(
        "Measures a NAT from outside: what it carries, how fast, and where it stops.")
    {
        CompareCommand.Create(),
        ReportCommand.Create(),
        Rfc9693Command.Create(),
        PortsCommand.Create(),
        MemoryCommand.Create(),
        CleanCommand.Create(),
        FloodCommand.Create(),
        WireCommand.Create(),
        Clients.Commands.ClientsCommand.Create(),
        Clients.Commands.GenerateCommand.Create(),
        Clients.Commands.ServeCommand.Create(),
    };
}
