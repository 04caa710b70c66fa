namespace NatEngine.LoadTest.Measurements;

/// <summary>Datagrams that arrived at a <see cref="UdpSink"/>.</summary>
/// <param name="Expected">Those from where they should come.</param>
/// <param name="Unexpected">The others.</param>
internal readonly record struct UdpArrivals(long Expected, long Unexpected);
