namespace NatEngine.Devices;

/// <summary>How much a rule of an <see cref="IngressProgram"/> decided.</summary>
/// <param name="Packets">Packets; a super-frame is one.</param>
/// <param name="Octets">What the program added up for them.</param>
public readonly record struct PacketCount(long Packets, long Octets);
