using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>How the inside was told that something did not go through.</summary>
internal sealed class RefusalCounter
{
    // RFC 1812 section 5.2.7.1: communication administratively prohibited; what RFC 6888 REQ-8's kind of gateway says.
    private const byte AdministrativelyProhibited = 13;

    /// <summary>ICMP destination unreachable, code 13.</summary>
    public long Prohibited { get; private set; }

    /// <summary>ICMP errors of other types and codes.</summary>
    public long OtherErrors { get; private set; }

    /// <summary>TCP resets.</summary>
    public long Resets { get; private set; }

    /// <summary>Counts a packet if it is a refusal.</summary>
    /// <returns>Whether it is.</returns>
    public bool TryCount(in PacketFacts facts)
    {
        if (facts.Kind == PacketKind.IcmpError)
        {
            bool prohibited = facts.IcmpType == IcmpType.DestinationUnreachable
                && facts.IcmpCode == AdministrativelyProhibited;
            Prohibited += prohibited ? 1 : 0;
            OtherErrors += prohibited ? 0 : 1;
            return true;
        }

        bool reset = facts.Kind == PacketKind.Tcp && (facts.TcpFlags & TcpFlags.Rst) != 0;
        Resets += reset ? 1 : 0;
        return reset;
    }

    /// <summary>Starts from zero.</summary>
    public void Clear()
    {
        Prohibited = 0;
        OtherErrors = 0;
        Resets = 0;
    }
}
