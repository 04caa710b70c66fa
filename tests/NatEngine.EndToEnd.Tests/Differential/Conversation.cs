using System.Collections.Generic;
using System.Linq;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>One scenario on one bench. Its addresses and ports are no other scenario's.</summary>
internal sealed class Conversation(Bench bench, string scenario, int number)
{
    public const string External = "203.0.113.1";
    public const string ClientAddress = "100.64.0.10";
    public const string NeighbourAddress = "100.64.0.11";

    // Of servers, from 198.51.100.1 on.
    private const int PortsPerScenario = 20;
    private const int FirstPort = 10_000;

    private readonly Aliases _aliases = new();
    private readonly List<Step> _steps = [];

    /// <summary>What came of it.</summary>
    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>The scenario's server.</summary>
    public string ServerAddress => $"198.51.100.{number + 1}";

    /// <summary>A second one.</summary>
    public string OtherServerAddress => $"198.51.100.{number + 100}";

    /// <summary>One of the scenario's own ports, from 0 to 19.</summary>
    public int Port(int index) => FirstPort + (number * PortsPerScenario) + index;

    /// <summary>An end at the client.</summary>
    public string Client(int index) => $"{ClientAddress}:{Port(index)}";

    /// <summary>An end at the neighbour.</summary>
    public string Neighbour(int index) => $"{NeighbourAddress}:{Port(index)}";

    /// <summary>An end at the server.</summary>
    public string Server(int port = 7000) => $"{ServerAddress}:{port}";

    /// <summary>An end at the other server.</summary>
    public string OtherServer(int port = 7000) => $"{OtherServerAddress}:{port}";

    /// <summary>Sends packets from the client.</summary>
    /// <returns>The source of the first packet that came out, or an end that nobody has.</returns>
    public string FromClient(string name, params byte[][] packets) => Send(Place.Client, name, packets);

    /// <summary>Sends packets from the neighbour.</summary>
    public string FromNeighbour(string name, params byte[][] packets) => Send(Place.Neighbour, name, packets);

    /// <summary>Sends packets from outside.</summary>
    public string FromRemote(string name, params byte[][] packets) => Send(Place.Remote, name, packets);

    /// <summary>The first packet that came of the last ones sent; null if none did.</summary>
    public Emerged? Last { get; private set; }

    private string Send(Place from, string name, byte[][] packets)
    {
        _aliases.Begin();
        foreach (byte[] packet in packets)
        {
            _aliases.Learn(from, packet);
        }

        IReadOnlyList<Emerged> emerged = bench.Send(from, packets);
        _steps.Add(new Step(scenario, name, [.. emerged.Select(one => Description.Of(one, _aliases))]));
        Last = emerged.Count > 0 ? emerged[0] : null;
        return Last is { } first && first.Packet.Length >= Packets.HeaderLength + 8 ? first.Source : $"{External}:9";
    }
}
