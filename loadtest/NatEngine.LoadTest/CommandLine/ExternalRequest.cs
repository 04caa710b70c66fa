using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using NatEngine.Lab;
using NatEngine.LoadTest.Testbeds;
using static NatEngine.LoadTest.BadInputException;

namespace NatEngine.LoadTest.CommandLine;

/// <summary>Where somebody else's NAT is cabled to this machine, as it was typed.</summary>
internal sealed record ExternalRequest
{
    /// <summary>The interface towards its inside.</summary>
    public string? InternalInterface { get; init; }

    /// <summary>The interface towards its outside.</summary>
    public string? ExternalInterface { get; init; }

    /// <summary>Its address on the inside.</summary>
    public string GatewayAddress { get; init; } = NatTopology.InternalAddress.ToString();

    /// <summary>The address that the outside sees.</summary>
    public string ExternalAddress { get; init; } = NatTopology.ExternalAddress.ToString();

    /// <summary>The inside host's address with its prefix length.</summary>
    public string InsideAddress { get; init; } = "100.64.0.10/16";

    /// <summary>The remote host's address with its prefix length.</summary>
    public string RemoteAddress { get; init; } = $"{NatTopology.RemoteAddress}/24";

    /// <summary>Checks everything. Nothing is touched.</summary>
    /// <exception cref="BadInputException">Something cannot be, or the machine needs the interface itself.</exception>
    public ExternalCables Check()
    {
        Require(
            InternalInterface is not null && ExternalInterface is not null,
            "--systems external: needs --internal-interface and --external-interface, the two that are cabled to it.");
        Require(
            InternalInterface != ExternalInterface,
            $"--external-interface {ExternalInterface}: must be another than --internal-interface.");
        CheckInterface("--internal-interface", InternalInterface!);
        CheckInterface("--external-interface", ExternalInterface!);
        return new ExternalCables(
            InternalInterface!,
            ExternalInterface!,
            Address("--gateway-address", GatewayAddress),
            Address("--external-address", ExternalAddress),
            AddressWithPrefix("--inside-address", InsideAddress),
            AddressWithPrefix("--remote-address", RemoteAddress));
    }

    private static void CheckInterface(string option, string name)
    {
        NetworkInterface? found = NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(each => each.Name == name);
        Require(found is not null, $"{option} {name}: this machine has no such interface.");
        Require(
            found!.NetworkInterfaceType != NetworkInterfaceType.Loopback,
            $"{option} {name}: must be a cable, not the loopback.");
        Require(
            !IsDefaultRoute(name),
            $"{option} {name}: the machine's default route goes there; it is not taken away.");
        string[] addresses =
        [
            .. found.GetIPProperties().UnicastAddresses.Select(each => each.Address)
                .Where(address => !address.IsIPv6LinkLocal).Select(address => address.ToString()),
        ];
        Require(
            addresses.Length == 0,
            $"{option} {name}: has addresses ({string.Join(", ", addresses)}), so it is in use; remove them first.");
    }

    // "Iface Destination Gateway Flags …", numbers in hexadecimal.
    private static bool IsDefaultRoute(string name) => File.ReadLines("/proc/self/net/route")
        .Select(line => line.Split('\t'))
        .Any(fields => fields.Length > 1 && fields[0] == name && fields[1] == "00000000");

    private static IPAddress Address(string option, string text)
    {
        bool understood = IPAddress.TryParse(text, out IPAddress? address)
            && address.AddressFamily == AddressFamily.InterNetwork;
        Require(understood, $"{option} '{text}': must be an IPv4 address.");
        return address!;
    }

    private static string AddressWithPrefix(string option, string text)
    {
        string[] parts = text.Split('/');
        Require(
            parts.Length == 2
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                && length is >= 1 and <= 30,
            $"{option} '{text}': must be an address with a prefix length of 1 to 30, such as 100.64.0.10/16.");
        return $"{Address(option, parts[0])}/{parts[1]}";
    }
}
