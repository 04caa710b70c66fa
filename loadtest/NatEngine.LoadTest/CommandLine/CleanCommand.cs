using System;
using System.CommandLine;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.CommandLine;

/// <summary><c>natload clean</c>: removes what killed runs left behind.</summary>
internal static class CleanCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        Command command = new("clean", "Removes the networks of runs that were killed. Those in use stay.");
        command.SetAction(_ =>
        {
            int removed = Lab.Lab.RemoveStale();
            ControlFolder.RemoveStale();
            if (removed != 0)
            {
                Console.WriteLine($"Removed {removed} network(s) that a killed run had left behind.");
            }

            return ExitCode.Complete;
        });
        return command;
    }
}
