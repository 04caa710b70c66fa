using System.Globalization;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Ports;

/// <summary>What an external address is filled with.</summary>
/// <param name="Protocol">Connections of this protocol: UDP, TCP, or ICMP echo.</param>
/// <param name="Endpoints">To so many remote endpoints, in turn.</param>
internal readonly record struct PortsCase(IpProtocol Protocol, int Endpoints)
{
    private const int MostEndpoints = 16;

    /// <summary>Reads "udp", "tcp" or "icmp", or with a number of endpoints: "udp:2".</summary>
    /// <exception cref="BadInputException">It is none.</exception>
    public static PortsCase Parse(string text)
    {
        string[] parts = text.Split(':');
        IpProtocol? protocol = parts[0] switch
        {
            "udp" => IpProtocol.Udp,
            "tcp" => IpProtocol.Tcp,
            "icmp" => IpProtocol.Icmp,
            _ => null,
        };
        int endpoints = 1;
        bool good = protocol is not null && parts.Length <= 2 && (parts.Length == 1
            || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out endpoints)
                && endpoints is >= 1 and <= MostEndpoints));
        return good
            ? new PortsCase(protocol!.Value, endpoints)
            : throw new BadInputException(
                $"--cases '{text}': must be udp, tcp or icmp, or with 1 to {MostEndpoints} remote endpoints, udp:2.");
    }

    /// <summary>How figures call it: "udp-one-endpoint", "udp-2-endpoints".</summary>
    public string Slug => Endpoints == 1
        ? $"{ToString()}-one-endpoint"
        : string.Create(CultureInfo.InvariantCulture, $"{Name}-{Endpoints}-endpoints");

    private string Name => Protocol.ToString().ToLowerInvariant();

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString()
        => Endpoints == 1 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}:{Endpoints}");
}
