namespace NatEngine.Devices;

/// <summary>A port whose frames go to one lane, wherever its number would send them.</summary>
/// <param name="IsTcp">True for a TCP port, false for a UDP port.</param>
/// <param name="Port">The port.</param>
/// <param name="Lane">The lane, from 0.</param>
public readonly record struct PinnedPort(bool IsTcp, ushort Port, int Lane);
