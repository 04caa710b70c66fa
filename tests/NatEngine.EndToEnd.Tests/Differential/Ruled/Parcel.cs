namespace NatEngine.EndToEnd.Tests.Differential.Ruled;

/// <summary>A packet that is sent to a gateway.</summary>
/// <param name="From">Who sends it.</param>
/// <param name="Packet">From its IPv4 header on.</param>
/// <param name="IsError">True if it is an ICMP error, or a reset: what nobody answers.</param>
internal sealed record Parcel(Place From, byte[] Packet, bool IsError = false);
