using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using NatEngine.Pipeline;

namespace NatEngine.Host.Receiving;

/// <summary>Watches the processors that this process's packet threads run on.</summary>
/// <remarks>They may move; what counts is where they are when somebody asks.</remarks>
internal sealed class PacketProcessors
{
    private const string Threads = "/proc/self/task";

    // proc_pid_stat(5): the 39th field, of which the first two, a number and a name in brackets, are cut off.
    private const int ProcessorField = 39 - 3;

    private ProcessorTimes? _last;

    /// <summary>What became of their time since the last question; null for the first one, or if the kernel does not
    /// say.</summary>
    internal ProcessorShares? Ask()
    {
        try
        {
            ProcessorTimes now = ProcessorTimes.Read();
            ProcessorTimes? last = _last;
            _last = now;
            return last is null ? null : now.Since(last, Find());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // no /proc, or one that hides it
        }
    }

    /// <summary>Where the packet threads ran last.</summary>
    internal static HashSet<int> Find()
    {
        HashSet<int> processors = [];
        foreach (string folder in Directory.EnumerateDirectories(Threads))
        {
            string? text = TryRead($"{folder}/stat");
            int end = text?.LastIndexOf(')') ?? -1;
            if (end > 0 && text!.Contains($"({PipelineLayout.ThreadPrefix}", StringComparison.Ordinal)
                && text[(end + 2)..].Split(' ') is { Length: > ProcessorField } fields)
            {
                processors.Add(int.Parse(fields[ProcessorField], CultureInfo.InvariantCulture));
            }
        }

        return processors;
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null; // the thread ended between the listing and the question
        }
    }
}
