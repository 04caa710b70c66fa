using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>Gives each internal address ports of its own, by computation (RFC 7422): see
/// <see cref="DeterministicPorts"/>, which answers whose a port is.</summary>
/// <param name="Prefix">The internal addresses. Packets from others are not translated.</param>
/// <param name="Ratio">How many of them share an external address: 16 leaves each of them 4032 of 64,512 ports.</param>
public readonly record struct DeterministicOptions(IPv4Prefix Prefix, int Ratio);
