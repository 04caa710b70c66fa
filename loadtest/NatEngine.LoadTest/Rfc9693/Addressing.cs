using NatEngine.Packets;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>Where a frame comes from and where it goes.</summary>
/// <param name="Station">Its sender on the link.</param>
/// <param name="NextHop">Its receiver on the link.</param>
/// <param name="Source">Its sender.</param>
/// <param name="Destination">Its receiver.</param>
internal readonly record struct Addressing(
    MacAddress Station, MacAddress NextHop, TransportAddress Source, TransportAddress Destination);
