using System.Net;

namespace NatEngine.LoadTest.Testbeds;

/// <summary>The two interfaces of a lab machine between which somebody else's NAT stands, and the addresses around it.
/// </summary>
/// <param name="Internal">The interface that is cabled to the NAT's inside.</param>
/// <param name="External">The interface that is cabled to its outside.</param>
/// <param name="Gateway">The NAT's address on the inside, within 100.64.0.0/16.</param>
/// <param name="ExternalAddress">The address that the outside sees.</param>
/// <param name="Inside">The inside host's address with its prefix length.</param>
/// <param name="Remote">The remote host's address on the outside, with its prefix length: the NAT's router to
/// 198.51.100.0/24 and 198.18.0.0/15.</param>
internal sealed record ExternalCables(
    string Internal, string External, IPAddress Gateway, IPAddress ExternalAddress, string Inside, string Remote);
