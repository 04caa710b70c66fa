using NatEngine.Devices;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Wire;

/// <summary>One end of a <see cref="WireForwarder"/>.</summary>
/// <param name="Device">The interface.</param>
/// <param name="Station">The interface's own address, which frames that leave by it are from.</param>
/// <param name="Peer">The station on its link that they are for.</param>
internal sealed record WireEnd(IPacketDevice Device, MacAddress Station, MacAddress Peer);
