using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Reports;

/// <summary>What it takes to measure the same again: the command, and the machine.</summary>
internal static class Reproduction
{
    /// <summary>The command line that was run, as one would type it.</summary>
    public static string CommandLine(ComparisonResult result)
    {
        IEnumerable<string> options = result.Options
            .Where(option => option.Value.Length != 0 && option.Value != "false")
            .SelectMany(option => option.Value.Split('\n').Select(value => (option.Key, Value: value)))
            .Select(option => option.Value == "true" ? $"--{option.Key}" : $"--{option.Key} {Quoted(option.Value)}");
        return $"natload {result.Command} {string.Join(' ', options)}";
    }

    /// <summary>What there is to say of the machine, name by name.</summary>
    public static IEnumerable<(string Name, string Value)> Machine(MachineDescription machine)
    {
        string kind = machine.Hypervisor ? "virtual machine" : "bare metal";
        string memory = (machine.MemoryOctets / (double)(1L << 30)).ToString("0.#", CultureInfo.InvariantCulture);
        yield return ("Processors", $"{machine.Processor}, {machine.Processors} processors ({kind})");
        yield return ("Frequency governor", machine.Governor);
        yield return ("Memory", $"{memory} GiB");
        yield return ("System", $"{machine.Distribution}, kernel {machine.Kernel}, {machine.Runtime}");
        yield return ("Commit", machine.Commit);
        yield return ("Programs", machine.Tools);
        yield return ("Offloads of the lab’s interfaces", machine.Offloads);
        yield return (
            "Load average before the run", machine.LoadAverage.ToString("0.00", CultureInfo.InvariantCulture));
        foreach ((string name, string value) in machine.Settings)
        {
            yield return (name, value);
        }
    }

    private static string Quoted(string value) => value.Any(letter => letter is ' ' or '|' or '(' or ';' or '&' or '$')
        ? $"\"{value}\""
        : value;
}
