using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Ports;

/// <summary>Turns the filling of an address into figures, a curve and a sentence.</summary>
internal static class PortsReport
{
    /// <summary>The number of sessions.</summary>
    /// <param name="of">Which case.</param>
    /// <param name="filling">What came of it.</param>
    /// <param name="attempts">How many connections were attempted.</param>
    /// <param name="held">How many sessions the system says it holds; null if it says nothing.</param>
    public static Reading Read(PortsCase of, Filling filling, int attempts, long? held)
    {
        Dictionary<string, double> details = new()
        {
            ["attempts"] = attempts,
            ["answerable"] = filling.Answerable,
            ["firstRefusedAttempt"] = filling.FirstRefused ?? 0,
            ["fillSeconds"] = filling.First.Streams[0].Seconds,
        };
        if (held is { } sessions)
        {
            details["sessionsHeld"] = sessions;
        }

        if (of.Protocol == Packets.IpProtocol.Tcp)
        {
            details["handshakesCompleted"] = filling.Established;
        }

        List<string> remarks = [];
        if (filling.FirstRefused is null)
        {
            remarks.Add("nobody was refused: a lower bound");
        }

        if (filling.Answerable < filling.Sessions)
        {
            remarks.Add($"answers to {filling.Sessions - filling.Answerable:N0} of them did not come in");
        }

        return new Reading(PortsFigures.SessionsOf(of), filling.Sessions, details, remarks);
    }

    /// <summary>What was found, in a sentence.</summary>
    public static string Describe(PortsCase of, Filling filling, int attempts)
    {
        string protocol = of.Protocol.ToString().ToUpperInvariant();
        string end = filling.FirstRefused is null ? "; nobody was refused" : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Of {attempts:N0} {protocol} connections to {PortsFigures.Endpoints(of.Endpoints)}, {filling.Sessions:N0} "
                + $"came out of one external address, and {filling.Answerable:N0} could be answered{end}.");
    }

    /// <summary>Connections that the remote host saw by connections that were attempted.</summary>
    public static Curve CurveOf(PortsCase of, Filling filling)
    {
        int limit = PortsSettings.PortsOfAnAddress * of.Endpoints;
        return new Curve
        {
            Name = of == new PortsCase(Packets.IpProtocol.Udp, 1) ? "ports-sessions" : $"ports-sessions-{of.Slug}",
            Title = PortsFigures.SessionsOf(of).Title,
            X = new Axis("attempted", "connections"),
            Y = new Axis("seen by the remote host", "connections"),
            Points = [.. filling.Growth.DistinctBy(point => point.Attempted)
                .Select(point => new CurvePoint(point.Attempted, point.Known))],
            Marks =
            [
                new CurveMark(
                    limit, of.Endpoints == 1 ? "ports of one address" : $"ports × {of.Endpoints} endpoints"),
            ],
        };
    }
}
