using System;
using System.CommandLine;
using System.Net.Sockets;
using NatEngine.LoadTest.Clients.Servers;
using NatEngine.LoadTest.CommandLine;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Clients.Commands;

/// <summary><c>natload serve</c>: the servers of <c>natload clients</c>. Started inside a lab; on a lab machine it is
/// the far end.</summary>
internal static class ServeCommand
{
    /// <summary>Its name.</summary>
    public const string Name = "serve";

    /// <summary>The option with the first server's address.</summary>
    public const string FirstOption = "--first";

    /// <summary>The option with the number of servers.</summary>
    public const string CountOption = "--count";

    private const int MostServers = 4096;

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        Option<string> first = new(FirstOption)
        {
            Description = "Address of the first server; the others follow it. Each must be this host's.",
            DefaultValueFactory = _ => ServerPlaces.Default.First.ToString(),
        };
        Option<int> count = new(CountOption)
        {
            Description = "How many servers.",
            DefaultValueFactory = _ => ServerPlaces.Default.Count,
        };
        Command command = new(Name, "Serves web pages, names and games to clients, until interrupted.")
        {
            first, count,
        };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(first), parsed.GetRequiredValue(count)));
        return command;
    }

    private static int Run(string first, int count)
    {
        if (!IPv4Address.TryParse(first, out IPv4Address address))
        {
            throw new BadInputException($"{FirstOption} '{first}': must be an IPv4 address.");
        }

        if (count is < 1 or > MostServers)
        {
            throw new BadInputException($"{CountOption} {count}: must be 1 to {MostServers}.");
        }

        using Interruption interruption = new();
        try
        {
            ServerProgram.Run(new ServerPlaces(address, count), Console.Out, interruption.Token);
        }
        catch (Exception refused) when (refused is SocketException or System.IO.IOException)
        {
            throw new Lab.LabException($"Cannot serve: {refused.Message}", refused);
        }

        return ExitCode.Complete;
    }
}
