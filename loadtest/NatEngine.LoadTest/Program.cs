using System;
using System.CommandLine;
using NatEngine.Devices;
using NatEngine.Lab;
using NatEngine.LoadTest.CommandLine;

namespace NatEngine.LoadTest;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        ParseResult parsed = NatLoadCommand.Create().Parse(arguments);
        if (parsed.Errors.Count != 0)
        {
            parsed.Invoke();
            return ExitCode.BadInput;
        }

        try
        {
            // Errors come out here, with the exit codes that are documented.
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (BadInputException refused)
        {
            Console.Error.WriteLine($"natload: {refused.Message}");
            return ExitCode.BadInput;
        }
        catch (Exception unable) when (unable is LabException or DeviceException)
        {
            Console.Error.WriteLine($"natload: {unable.Message}");
            return ExitCode.Unable;
        }
    }
}
