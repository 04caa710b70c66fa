using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>An ARP request to be sent.</summary>
/// <param name="Realm">On which link.</param>
/// <param name="Target">Whose hardware address is asked for.</param>
/// <param name="Station">Who is asked: everyone, or the station that is believed to have the address.</param>
internal readonly record struct ArpQuestion(Realm Realm, IPv4Address Target, MacAddress Station);
