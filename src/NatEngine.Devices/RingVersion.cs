namespace NatEngine.Devices;

/// <summary>The shape of an <see cref="AfPacketDevice"/>'s receive ring.</summary>
public enum RingVersion
{
    /// <summary>TPACKET_V2: one status per frame, so a frame can be taken as soon as it has come.</summary>
    V2,

    /// <summary>TPACKET_V3: frames packed into blocks, each given over when it is full or a millisecond old: denser in
    /// memory, later in time.</summary>
    V3,
}
