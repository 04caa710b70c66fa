using System;
using System.Collections.Generic;
using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>Which external ports each internal address has: a function of the address, so that nothing need be logged
/// to say later whose a port was (RFC 7422).</summary>
/// <remarks>The sequential algorithm of RFC 7422 section 2: internal address number <c>n</c> of the prefix has external
/// address <c>n / ratio</c>, and there the ports from <c>first + (n % ratio) * each</c> on. What division leaves over
/// at the end of the range is nobody's.</remarks>
public sealed class DeterministicPorts
{
    private readonly IPv4Prefix _prefix;
    private readonly IPv4Address[] _addresses;
    private readonly PortRange _ports;
    private readonly int _ratio;

    /// <summary>Divides ports among internal addresses.</summary>
    /// <param name="prefix">The internal addresses.</param>
    /// <param name="ratio">How many of them share an external address.</param>
    /// <param name="addresses">The external addresses, in their order.</param>
    /// <param name="ports">The ports that are divided, of each external address.</param>
    /// <exception cref="InvalidOptionException">It does not fit; the message says what, and by what rule.</exception>
    public DeterministicPorts(
        IPv4Prefix prefix, int ratio, IReadOnlyList<IPv4Address> addresses, PortRange ports)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        const string Key = "Deterministic.Ratio";
        OptionsValidation.Require(
            ratio >= 1 && ratio <= ports.Count,
            Key, ratio, $"{ports.Count} ports are for 1 to {ports.Count} internal addresses");
        long subscribers = 1L << (32 - prefix.Length);
        OptionsValidation.Require(
            subscribers <= (long)ratio * addresses.Count,
            Key, ratio, $"the {subscribers} addresses of {prefix} do not fit {addresses.Count} external ones at "
                + $"{ratio} each (RFC 7422 section 2)");
        _prefix = prefix;
        _ratio = ratio;
        _addresses = [.. addresses];
        _ports = ports;
        PortsEach = ports.Count / ratio;
    }

    /// <summary>How many ports each internal address has.</summary>
    public int PortsEach { get; }

    /// <summary>What an internal address is seen as.</summary>
    /// <param name="address">The internal address.</param>
    /// <param name="external">Its external address.</param>
    /// <param name="ports">Its ports there, of TCP as of UDP.</param>
    /// <returns>False if the internal address is not in the prefix.</returns>
    public bool TryForward(IPv4Address address, out IPv4Address external, out PortRange ports)
    {
        bool found = TryPlace(address, out int index, out ports);
        external = found ? _addresses[index] : default;
        return found;
    }

    /// <summary>Whose an external port is.</summary>
    /// <param name="external">The external address.</param>
    /// <param name="port">The port.</param>
    /// <param name="address">The internal address that has it.</param>
    /// <returns>False if nobody has.</returns>
    public bool TryReverse(IPv4Address external, ushort port, out IPv4Address address)
    {
        address = default;
        int index = Array.IndexOf(_addresses, external);
        int place = (port - _ports.First) / PortsEach;
        long number = ((long)index * _ratio) + place;
        if (index < 0 || !_ports.Contains(port) || place >= _ratio || number >= 1L << (32 - _prefix.Length))
        {
            return false;
        }

        address = new IPv4Address(_prefix.Network.Value + (uint)number);
        return true;
    }

    /// <summary>As <see cref="TryForward"/>, with the external address by its number.</summary>
    internal bool TryPlace(IPv4Address address, out int index, out PortRange ports)
    {
        if (!_prefix.Contains(address))
        {
            index = 0;
            ports = default;
            return false;
        }

        uint number = address.Value - _prefix.Network.Value;
        index = (int)(number / (uint)_ratio);
        int first = _ports.First + ((int)(number % (uint)_ratio) * PortsEach);
        ports = new PortRange((ushort)first, (ushort)(first + PortsEach - 1));
        return true;
    }
}
