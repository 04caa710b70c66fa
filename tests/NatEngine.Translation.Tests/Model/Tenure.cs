using NatEngine.Packets;

namespace NatEngine.Translation.Tests.Model;

/// <summary>The time for which somebody had an external port, or a block of them.</summary>
internal sealed class Tenure(TranslationEvent given)
{
    public TranslationEvent Given => given;

    public long From => given.At.Milliseconds;

    public long To { get; set; } = long.MaxValue;

    public bool IsOpen => To == long.MaxValue;

    public bool Has(IpProtocol protocol, TransportAddress external, TransportAddress remote)
        => given.LastPort == 0
            ? given.Protocol == protocol && given.External == external
                && (given.Remote == default || given.Remote == remote)
            : protocol != IpProtocol.Icmp && given.External.Address == external.Address
                && external.Port >= given.External.Port && external.Port <= given.LastPort;

    public bool Overlaps(TranslationEvent other)
        => other.LastPort == 0
            ? Has(other.Protocol, other.External, other.Remote)
            : given.External.Address == other.External.Address && given.LastPort != 0
                && given.External.Port <= other.LastPort && other.External.Port <= given.LastPort;
}
