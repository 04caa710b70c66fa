using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Rfc;

/// <summary>A connection from an internal client to an external server through a gateway, segment by segment.</summary>
internal sealed class TcpTalk(Gateway gateway)
{
    public const string Client = "100.64.0.2:4000";
    public const string Server = "198.51.100.7:80";
    public const string Shown = "203.0.113.1:4000";

    public Outcome Out(TcpFlags flags) => gateway.FromInside(Frames.Tcp(Client, Server, flags));

    public Outcome In(TcpFlags flags) => gateway.FromOutside(Frames.Tcp(Server, Shown, flags));

    public TcpTalk Open()
    {
        Out(TcpFlags.Syn).MustLeave(Realm.External, Shown, Server);
        In(TcpFlags.Syn | TcpFlags.Ack).MustLeave(Realm.Internal, Server, Client);
        Out(TcpFlags.Ack).MustLeave(Realm.External, Shown, Server);
        return this;
    }

    public TcpState State => gateway.OnlySession().State;

    public double Remaining => gateway.OnlySession().Remaining.TotalSeconds;
}
