using System;

namespace NatEngine.EndToEnd.Tests.Differential.Ruled;

/// <summary>A session as its two ends see it, at one gateway.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="Opener">Who opened it.</param>
/// <param name="Source">The opener's own end.</param>
/// <param name="Destination">Where the opener sends to.</param>
/// <param name="Seen">How its first packet came out.</param>
internal sealed record Talk(byte Protocol, Place Opener, string Source, string Destination, Fate Seen)
{
    /// <summary>A packet of the opener's.</summary>
    public Parcel Forth(TcpControl control, byte timeToLive)
        => Of(Opener, Protocol, Source, Destination, control, timeToLive, isAnswer: false);

    /// <summary>A packet of whom it reached.</summary>
    public Parcel Back(TcpControl control, byte timeToLive)
        => Of(Seen.At, Protocol, Seen.Destination, Seen.Source, control, timeToLive, isAnswer: true);

    /// <summary>An ICMP error about the opener's packets from whom they reached, or a router that is near it.</summary>
    public Parcel ErrorBack(string router) => new(
        Seen.At,
        Packets.Error(
            router.Length == 0 ? Address(Seen.Destination) : router, Address(Seen.Source),
            Packet(Protocol, Seen.Source, Seen.Destination, TcpControl.Ack, 60, isAnswer: false)),
        IsError: true);

    /// <summary>An ICMP error from the opener about the packets that it gets.</summary>
    public Parcel ErrorForth() => new(
        Opener,
        Packets.Error(
            Address(Source), Address(Destination),
            Packet(Protocol, Destination, Source, TcpControl.Ack, 60, isAnswer: true)),
        IsError: true);

    /// <summary>A packet.</summary>
    public static Parcel Of(
        Place from, byte protocol, string source, string destination, TcpControl control, byte timeToLive,
        bool isAnswer)
        => new(from, Packet(protocol, source, destination, control, timeToLive, isAnswer), control == TcpControl.Rst);

    private static byte[] Packet(
        byte protocol, string source, string destination, TcpControl control, byte timeToLive, bool isAnswer)
    {
        HeaderFields fields = new() { TimeToLive = timeToLive };
        return protocol switch
        {
            Packets.TcpProtocol => Packets.Tcp(
                source, destination, control, isAnswer ? 5000u : 1000u, isAnswer ? 1001u : 5001u, fields: fields),
            Packets.UdpProtocol => Packets.Udp(source, destination, fields: fields),
            _ => Packets.Echo(
                Address(source), Address(destination), Port(isAnswer ? destination : source),
                (byte)(isAnswer ? 0 : 8), fields),
        };
    }

    private static string Address(string end) => end[..end.IndexOf(':', StringComparison.Ordinal)];

    private static ushort Port(string end) => ushort.Parse(
        end.AsSpan(end.IndexOf(':', StringComparison.Ordinal) + 1), System.Globalization.CultureInfo.InvariantCulture);
}
