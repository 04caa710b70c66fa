using System;
using System.Collections.Generic;
using System.Globalization;
using NatEngine.Lab;
using NatEngine.LoadTest.Flood;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Systems;
using NatEngine.LoadTest.Testbeds;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Measurements;

/// <summary>Shortest frames through the system, from many flows: packets per second.</summary>
internal sealed class UdpForwardingMeasurement : IMeasurement
{
    private const int Port = 9;
    private const int MostClients = 200;

    // Every flow is met several times before it counts, so that what is measured is forwarding, not opening; and
    // whatever the system compiles or caches at first, it has by then.
    private const double WarmUpRate = 100_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.6);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly int _flows;
    private readonly TimeSpan _trial;
    private readonly Figure _best;
    private readonly Figure _overloaded;

    /// <summary>Prepares a measurement.</summary>
    /// <param name="flows">How many flows take turns.</param>
    /// <param name="trial">How long each flood lasts.</param>
    public UdpForwardingMeasurement(int flows, TimeSpan trial)
    {
        _flows = flows;
        _trial = trial;
        Name = NameFor(flows);
        string title = string.Create(CultureInfo.InvariantCulture, $"64-byte UDP, {flows:N0} flows");
        _best = new Figure($"{Name}-pps", title, "packets per second", Better.Higher, 1e6, "M/s");
        _overloaded = new Figure(
            $"{Name}-overload-pps", title + ", overload", "packets per second", Better.Higher, 1e6, "M/s");
        Figures = [_best, _overloaded];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Figures { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Programs { get; } = ["nft"];

    /// <summary>How the command line calls the measurement with so many flows.</summary>
    public static string NameFor(int flows) => string.Create(CultureInfo.InvariantCulture, $"udp-{flows}");

    /// <inheritdoc/>
    public bool AppliesTo(ISystemUnderTest system) => true;

    /// <inheritdoc/>
    public Outcome Measure(Turn turn)
    {
        (Testbed testbed, ISystemUnderTest system) = turn;
        FlowCheck.Verify(testbed, system, _flows, Math.Min(MostClients, _flows));
        IPv4Prefix sources = system.Translates
            ? new IPv4Prefix(IPv4Address.From(testbed.ExternalAddress), 32)
            : new IPv4Prefix(
                IPv4Address.From(NatTopology.InternalPrefix.BaseAddress), NatTopology.InternalPrefix.PrefixLength);
        using UdpSink sink = new(testbed.Remote, Testbed.EndInterface, Port, sources);
        Offer(testbed, sink, WarmUpRate, WarmUp);
        FloodTrial overload = Offer(testbed, sink, 0, _trial);
        FloodTrial best = RateSearch.FindBest(overload, rate => Offer(testbed, sink, rate, _trial));
        return new Outcome([ReadingOf(_best, best), ReadingOf(_overloaded, overload)]);
    }

    private static Reading ReadingOf(Figure figure, FloodTrial trial)
        => new(figure, trial.DeliveredRate, trial.Details, trial.Remarks);

    private FloodTrial Offer(Testbed testbed, UdpSink sink, double rate, TimeSpan duration)
    {
        sink.Take();
        Observation observation = Observation.Start(testbed.Cores);
        FloodOutcome outcome = FloodProgram.Run(testbed, new FloodPlan
        {
            NextHop = testbed.NextHop,
            Station = Testbed.StationOf(testbed.Inside, Testbed.EndInterface),
            FirstClient = Testbed.FirstClient,
            Clients = Math.Min(MostClients, _flows),
            Flows = _flows,
            Destination = new(IPv4Address.From(Testbed.Target), Port),
            Rate = rate,
            Duration = duration,
        }, Patience);
        Dictionary<string, double> details = [];
        List<string> remarks = [];
        observation.Report(details, remarks);
        if (sink.Remark is { } remark)
        {
            remarks.Add(remark);
        }

        UdpArrivals arrivals = sink.Take();
        if (arrivals.Unexpected > 0)
        {
            throw new MeasurementException(
                $"{arrivals.Unexpected} datagrams arrived from an address that the remote host must not see.");
        }

        FloodTrial trial = new(outcome.OfferedRate, arrivals.Expected / outcome.Seconds, details, remarks);
        details["offeredPacketsPerSecond"] = trial.OfferedRate;
        details["lossPercent"] = trial.LossPercent;
        return trial;
    }
}
