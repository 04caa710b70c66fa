using System;
using System.Globalization;
using System.IO;
using System.Linq;
using NatEngine.Lab;

namespace NatEngine.LoadTest.Systems;

/// <summary>What can be read of a system that is a program, from outside.</summary>
internal static class ProgramReading
{
    private const int LastLines = 12;

    /// <summary>Makes sure that a program runs.</summary>
    /// <exception cref="SystemFailedException">It has ended; the message holds the last it said.</exception>
    public static void EnsureAlive(this RunningProgram program, string system)
    {
        if (program.HasExited)
        {
            string said = string.Join('\n', (program.Output + program.Error).TrimEnd().Split('\n').TakeLast(LastLines));
            throw new SystemFailedException(
                $"{system} ended with exit code {program.ExitCode} while it was wanted. It said last:\n{said}");
        }
    }

    /// <summary>Reads processor time and memory.</summary>
    public static SystemReading Read(this RunningProgram program)
        => program.HasExited
            ? SystemReading.Nothing
            : new SystemReading
            {
                ProcessorTime = program.ProcessorTime,
                ResidentOctets = ResidentOctets(program.Id),
            };

    private static long? ResidentOctets(int process)
    {
        try
        {
            // proc_pid_status(5): "VmRSS:      1234 kB".
            string status = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status"));
            string? line = status.Split('\n')
                .FirstOrDefault(each => each.StartsWith("VmRSS:", StringComparison.Ordinal));
            return line is null
                ? null
                : 1024 * long.Parse(
                    line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null; // It ended between the question and the answer.
        }
    }
}
