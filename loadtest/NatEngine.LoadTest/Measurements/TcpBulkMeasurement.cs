using System;
using System.Collections.Generic;
using System.Globalization;
using NatEngine.Lab;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Systems;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Measurements;

/// <summary>One TCP stream of <c>iperf3</c> from the inside to the remote host.</summary>
/// <param name="duration">How long the stream lasts.</param>
internal sealed class TcpBulkMeasurement(TimeSpan duration) : IMeasurement
{
    /// <summary>How the command line calls it.</summary>
    public const string MeasurementName = "tcp";

    private const string Port = "5201";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly Figure Throughput = new(
        "tcp-bps", "TCP, one stream", "bits per second", Better.Higher, 1e9, "Gb/s");

    /// <inheritdoc/>
    public string Name => MeasurementName;

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Figures { get; } = [Throughput];

    /// <inheritdoc/>
    public IReadOnlyList<string> Programs { get; } = ["iperf3"];

    // iperf3 knows whole seconds only, and 0 means for ever.
    private int WholeSeconds => Math.Max(1, (int)Math.Round(duration.TotalSeconds));

    /// <inheritdoc/>
    public bool AppliesTo(ISystemUnderTest system) => true;

    /// <inheritdoc/>
    public Outcome Measure(Turn turn)
    {
        Testbed testbed = turn.Testbed;
        using RunningProgram server = testbed.Remote.Start(
            "iperf3", ["--server", "--one-off", "--forceflush", "--port", Port], On(testbed.Cores.Sink));
        server.WaitForLine("listening", Patience);
        Observation observation = Observation.Start(testbed.Cores);
        ProgramResult client = testbed.Inside.Run(
            "iperf3",
            [
                "--client", $"{Testbed.Target}", "--port", Port, "--json",
                "--time", WholeSeconds.ToString(CultureInfo.InvariantCulture),
            ],
            TimeSpan.FromSeconds(WholeSeconds) + Patience,
            On(testbed.Cores.Generator));
        IperfReport report = IperfReport.Parse(client.Output) is { } parsed && client.Succeeded
            ? parsed
            : throw new MeasurementException(
                $"{client.CommandLine}: exit code {client.ExitCode}.\n{client.Error}{client.Output}".TrimEnd());
        Dictionary<string, double> details = new() { ["retransmissions"] = report.Retransmissions };
        List<string> remarks = [];
        observation.Report(details, remarks);
        return new Outcome([new Reading(Throughput, report.ReceivedBitsPerSecond, details, remarks)]);
    }

    private static ProgramOptions On(int processor) => new() { Processors = CorePlacement.List(processor) };
}
