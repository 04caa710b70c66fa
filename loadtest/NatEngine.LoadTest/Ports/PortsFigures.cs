using System.Collections.Generic;
using System.Globalization;
using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Ports;

/// <summary>The figures of a filled address.</summary>
internal static class PortsFigures
{
    /// <summary>What arrived of old connections while newcomers kept trying, of what arrived before.</summary>
    public static Figure OldGoodput { get; } = new(
        "ports-old-goodput", "old connections while newcomers are refused", "percent of before", Better.Higher, 1, "%");

    /// <summary>The same when they had stopped.</summary>
    public static Figure OldGoodputAfter { get; } = new(
        "ports-old-goodput-after", "old connections afterwards", "percent of before", Better.Higher, 1, "%");

    /// <summary>Their latency before.</summary>
    public static Figure LatencyBefore { get; } = new(
        "ports-old-latency-p50-before", "old connections' latency before, p50", "seconds", Better.Lower, 1e-6, "µs");

    /// <summary>Their latency meanwhile.</summary>
    public static Figure LatencyDuring { get; } = new(
        "ports-old-latency-p50-during", "old connections' latency meanwhile, p50", "seconds", Better.Lower, 1e-6, "µs");

    /// <summary>The slowest hundredth meanwhile.</summary>
    public static Figure SlowestDuring { get; } = new(
        "ports-old-latency-p99-during", "old connections' latency meanwhile, p99", "seconds", Better.Lower, 1e-6, "µs");

    /// <summary>Newcomers who were told nothing.</summary>
    public static Figure Silence { get; } = Refused("silence", "in silence", Better.Lower);

    /// <summary>TCP resets for newcomers.</summary>
    public static Figure Reset { get; } = Refused("rst", "by RST", Better.Higher);

    /// <summary>ICMP errors for newcomers.</summary>
    public static Figure Icmp { get; } = Refused("icmp", "by ICMP 3/13", Better.Higher);

    /// <summary>The refused who got in when sessions had ended.</summary>
    public static Figure Recovered { get; } = new(
        "ports-recovered", "refused ones let in once sessions ended", "percent", Better.Higher, 1, "%");

    /// <summary>Who got in when a tenth of the hosts' sessions had been ended.</summary>
    public static Figure RecoveredTenth { get; } = new(
        "ports-recovered-tenth",
        "let in once a tenth was ended",
        "percent of the sessions ended",
        Better.Higher,
        1,
        "%");

    /// <summary>All but the numbers of sessions, in the order of the report.</summary>
    public static IReadOnlyList<Figure> OfStorm { get; } =
    [
        OldGoodput, OldGoodputAfter, LatencyBefore, LatencyDuring, SlowestDuring, Silence, Reset, Icmp,
        RecoveredTenth, Recovered,
    ];

    /// <summary>How many connections the remote host saw.</summary>
    public static Figure SessionsOf(PortsCase of) => new(
        $"ports-sessions-{of.Slug}",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{of.Protocol.ToString().ToUpperInvariant()} connections of one address, {Endpoints(of.Endpoints)}"),
        "connections",
        Better.Higher,
        1,
        string.Empty);

    /// <summary>A number of remote endpoints in words.</summary>
    public static string Endpoints(int number) => number == 1
        ? "one remote endpoint"
        : string.Create(CultureInfo.InvariantCulture, $"{number} remote endpoints");

    private static Figure Refused(string name, string how, Better better) => new(
        $"ports-refused-{name}", $"newcomers refused {how}", "percent of newcomers", better, 1, "%");
}
