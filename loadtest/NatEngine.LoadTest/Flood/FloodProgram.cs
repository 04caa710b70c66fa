using System;
using System.Globalization;
using NatEngine.Lab;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Flood;

/// <summary>Runs a flood in a process of its own, on the inside host and the generator's processor.</summary>
internal static class FloodProgram
{
    /// <summary>Runs a plan to its end.</summary>
    /// <exception cref="LabException">The program failed, or took longer than planned by more than
    /// <paramref name="patience"/>.</exception>
    public static FloodOutcome Run(Testbed testbed, FloodPlan plan, TimeSpan patience)
    {
        using RunningProgram program = SelfProgram.Start(testbed.Inside, testbed.Cores.Generator, [
            "flood",
            "--interface", Testbed.EndInterface,
            "--next-hop", plan.NextHop.ToString(),
            "--station", plan.Station.ToString(),
            "--first-client", plan.FirstClient.ToString(),
            "--clients", Text(plan.Clients),
            "--flows", Text(plan.Flows),
            "--first-port", Text(plan.FirstPort),
            "--destination", plan.Destination.Address.ToString(),
            "--port", Text(plan.Destination.Port),
            "--frame", Text(plan.FrameLength),
            "--rate", Text(plan.Rate),
            "--duration", Text(plan.Duration.TotalSeconds),
            "--packets", Text(plan.Packets),
        ]);
        return FloodOutcome.Parse(program.WaitForExit(plan.Duration + patience).EnsureSuccess().Output);
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
