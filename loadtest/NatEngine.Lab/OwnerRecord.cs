using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace NatEngine.Lab;

/// <summary>
/// Says which process a lab belongs to, so that what a crash left behind can be told from a lab in use: a file named
/// after the lab that holds a process id and, because ids come round again, when that process started.
/// </summary>
/// <remarks>
/// The file is there before the lab's first namespace and goes after its last, so there is never a namespace of ours
/// without one. Namespaces without a record are not ours to remove, whatever they are called.
/// </remarks>
internal static class OwnerRecord
{
    private const string Directory = "/run/nel";

    /// <summary>Records that this process owns a lab.</summary>
    public static void Write(string labId, string labName)
    {
        System.IO.Directory.CreateDirectory(Directory);

        // Appears whole or not at all: another process may be looking for stale labs at this moment.
        string unfinished = Path.Combine(Directory, "." + labId);
        int pid = Environment.ProcessId;
        string start = StartTime(pid) ?? throw new LabException("Cannot read /proc/self/stat: is /proc mounted?");
        File.WriteAllText(unfinished, string.Create(CultureInfo.InvariantCulture, $"{pid} {start} {labName}\n"));
        File.Move(unfinished, Path.Combine(Directory, labId), overwrite: true);
    }

    /// <summary>Where to note something else of a lab: a name that is no lab's.</summary>
    public static string PathBeside(string labId, string what) => Path.Combine(Directory, $".{labId}.{what}");

    /// <summary>Forgets a lab, once it is removed.</summary>
    public static void Remove(string labId) => File.Delete(Path.Combine(Directory, labId));

    /// <summary>The ids of labs whose process is gone.</summary>
    public static IReadOnlyList<string> FindStale()
    {
        List<string> stale = [];
        if (!System.IO.Directory.Exists(Directory))
        {
            return stale;
        }

        foreach (string path in System.IO.Directory.EnumerateFiles(Directory))
        {
            string labId = Path.GetFileName(path);
            if (!labId.StartsWith('.') && TryRead(path) is { } record && !IsAlive(record))
            {
                stale.Add(labId);
            }
        }

        return stale;
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (FileNotFoundException)
        {
            return null; // Its owner, or another cleaner, was faster.
        }
    }

    private static bool IsAlive(string record)
    {
        string[] fields = record.Split(' ', 3);
        return fields.Length == 3
            && int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
            && StartTime(pid) == fields[1];
    }

    // proc_pid_stat(5), field 22: ticks from boot to the process's start. The second field is the program's name in
    // parentheses, which may hold spaces and parentheses itself.
    private static string? StartTime(int pid)
    {
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            string[] fromThirdField = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fromThirdField[22 - 3];
        }
        catch (IOException)
        {
            return null; // No such process; or it ended while we read (ESRCH).
        }
    }
}
