using System;
using System.Globalization;
using System.IO;

namespace NatEngine.Devices;

/// <summary>The ports that the host's own stack gives to sockets that ask for none (<c>ip_local_port_range</c>,
/// Documentation/networking/ip-sysctl.rst), first and last included.</summary>
public readonly record struct LocalPortRange(ushort First, ushort Last)
{
    private const string Path = "/proc/sys/net/ipv4/ip_local_port_range";

    /// <summary>Reads it, for the network namespace that the calling thread is in.</summary>
    /// <exception cref="DeviceException">The kernel does not say, or not in the form expected.</exception>
    public static LocalPortRange Read()
    {
        string[] words;
        try
        {
            words = File.ReadAllText(Path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException($"{Path}: {error.Message}");
        }

        return words.Length == 2
            && ushort.TryParse(words[0], CultureInfo.InvariantCulture, out ushort first)
            && ushort.TryParse(words[1], CultureInfo.InvariantCulture, out ushort last)
            ? new LocalPortRange(first, last)
            : throw new DeviceException($"{Path}: '{string.Join(' ', words)}' are not two ports");
    }
}
