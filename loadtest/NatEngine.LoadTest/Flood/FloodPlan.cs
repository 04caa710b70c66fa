using System;
using NatEngine.Packets;
using static NatEngine.LoadTest.BadInputException;

namespace NatEngine.LoadTest.Flood;

/// <summary>Which UDP datagrams a <see cref="UdpFlood"/> sends, and how fast.</summary>
internal sealed record FloodPlan
{
    /// <summary>Octets of the shortest frame of Ethernet, without the frame check sequence: what is called a 64-byte
    /// frame.</summary>
    public const int ShortestFrame = 60;

    /// <summary>Longest frame, without the frame check sequence.</summary>
    public const int LongestFrame = 1514;

    /// <summary>The station that the frames are for: the gateway's.</summary>
    public required MacAddress NextHop { get; init; }

    /// <summary>The station that the frames are from.</summary>
    public required MacAddress Station { get; init; }

    /// <summary>The first client's address; the others follow it.</summary>
    public required IPv4Address FirstClient { get; init; }

    /// <summary>How many clients there are.</summary>
    public int Clients { get; init; } = 200;

    /// <summary>How many flows the clients have together: source ports are used in turn, one for each client, then the
    /// next.</summary>
    public int Flows { get; init; } = 200;

    /// <summary>The first source port.</summary>
    public ushort FirstPort { get; init; } = 20_000;

    /// <summary>Where the datagrams go.</summary>
    public required TransportAddress Destination { get; init; }

    /// <summary>Length of a frame in octets, without the frame check sequence.</summary>
    public int FrameLength { get; init; } = ShortestFrame;

    /// <summary>Frames to offer per second; 0 for as many as the link takes.</summary>
    public double Rate { get; init; }

    /// <summary>How long to offer them, at most.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many to offer, at most.</summary>
    public long Packets { get; init; } = long.MaxValue;

    /// <summary>Refuses what cannot be sent.</summary>
    /// <exception cref="BadInputException">Something is out of bounds.</exception>
    public void Check()
    {
        Require(Clients is >= 1 and <= 65_536, $"--clients {Clients}: must be 1 to 65536.");
        Require(Flows >= 1 && Flows <= 1 << 24, $"--flows {Flows}: must be 1 to {1 << 24}.");
        int portsPerClient = (Flows + Clients - 1) / Clients;
        Require(
            FirstPort + portsPerClient - 1 <= ushort.MaxValue,
            $"--flows {Flows}: {Clients} clients have {65_536 - FirstPort} ports each from {FirstPort} on.");
        Require(
            FrameLength is >= ShortestFrame and <= LongestFrame,
            $"--frame {FrameLength}: must be {ShortestFrame} to {LongestFrame} octets.");
        Require(Rate >= 0 && double.IsFinite(Rate), $"--rate {Rate}: must be 0 (as fast as possible) or more.");
        Require(Duration > TimeSpan.Zero, $"--duration {Duration.TotalSeconds}: must be more than 0 seconds.");
        Require(Packets > 0, $"--packets {Packets}: must be more than 0.");
    }
}
