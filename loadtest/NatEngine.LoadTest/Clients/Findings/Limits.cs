using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.LoadTest.Clients.Running;
using NatEngine.LoadTest.Clients.Scenarios;
using NatEngine.LoadTest.Machine;

namespace NatEngine.LoadTest.Clients.Findings;

/// <summary>Names what limited a step: everything that was seen at its end, the generator's own first, because then the
/// step says nothing of the system.</summary>
internal static class Limits
{
    // A processor that is busier than this has nothing left that a queue could not eat up.
    private const double BusyPercent = 90;

    /// <summary>Names the limits of a step.</summary>
    public static string Of(StepResult step, CorePlacement cores)
    {
        string[] limits = [.. Found(step, cores)];
        return limits.Length == 0
            ? "nothing that was looked at: no processor was full, nothing dropped"
            : string.Join("; ", limits);
    }

    private static IEnumerable<string> Found(StepResult step, CorePlacement cores)
    {
        IReadOnlyDictionary<string, long> failures = step.Failures;
        if (failures.TryGetValue(FailureCauses.NameOf(FailureCause.NoPort), out long noPort))
        {
            yield return $"the generator ran out of ports {noPort} times";
        }

        if (failures.TryGetValue(FailureCauses.NameOf(FailureCause.Unsent), out long unsent))
        {
            yield return $"the generator did not begin {unsent} transactions";
        }

        // How much of it is the clients' own tells a generator at its end from a machine with other things to do.
        if (Busy(step, cores.Generator) is { } generator)
        {
            string whose = cores.Generator == cores.Sink
                ? "the processor of clients and servers"
                : "the generator's processor";
            string own = Percent(step.Machine.GeneratorPercent);
            yield return $"{whose} ({generator} busy, {own} by the clients' process): generator-limited";
        }

        if (cores.Sink != cores.Generator && Busy(step, cores.Sink) is { } sink)
        {
            yield return $"the servers' processor ({sink} busy): generator-limited";
        }

        if (cores.System != cores.Generator && Busy(step, cores.System) is { } system)
        {
            yield return $"the system's processor ({system} busy)";
        }

        if (step.Drops is > 0 and { } drops)
        {
            yield return $"the system dropped {drops} packets";
        }

        if (failures.TryGetValue(FailureCauses.NameOf(FailureCause.Unreachable), out long refused))
        {
            yield return $"the gateway refused {refused} sessions (ICMP)";
        }
    }

    private static string? Busy(StepResult step, int processor)
        => step.Machine.BusyPercent.ElementAtOrDefault(processor) is var busy and > BusyPercent ? Percent(busy) : null;

    private static string Percent(double value)
        => string.Create(CultureInfo.InvariantCulture, $"{value:0} %");
}
