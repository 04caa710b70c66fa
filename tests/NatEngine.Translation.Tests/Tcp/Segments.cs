using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Tcp;

/// <summary>Segments between an internal client and an external server, with numbers counted from each end's SYN, as
/// packetdrill counts them. Both spaces wrap within the first kilobytes, or change sign.</summary>
internal sealed class Segments(Gateway gateway)
{
    public const TcpFlags SynAck = TcpFlags.Syn | TcpFlags.Ack;
    public const TcpFlags FinAck = TcpFlags.Fin | TcpFlags.Ack;
    public const TcpFlags RstAck = TcpFlags.Rst | TcpFlags.Ack;

    private const string Client = "100.64.0.2:4000";
    private const string Server = "198.51.100.7:80";
    private const string Shown = "203.0.113.1:4000";
    private const uint ClientStart = 0xFFFF_FC00;
    private const uint ServerStart = 0x7FFF_FE00;

    public Outcome Out(
        TcpFlags flags, uint sequence, uint acknowledgment = 0, ushort window = 65535, int payload = 0, int scale = -1)
        => gateway.FromInside(Frames.Tcp(
            Client, Server, flags, ClientStart + sequence, Acknowledged(flags, ServerStart, acknowledgment), window,
            payload, Scale(scale)));

    public Outcome In(
        TcpFlags flags, uint sequence, uint acknowledgment = 0, ushort window = 65535, int payload = 0, int scale = -1)
        => gateway.FromOutside(Frames.Tcp(
            Server, Shown, flags, ServerStart + sequence, Acknowledged(flags, ClientStart, acknowledgment), window,
            payload, Scale(scale)));

    public TcpState State => gateway.OnlySession().State;

    public double Remaining => gateway.OnlySession().Remaining.TotalSeconds;

    public Segments Open(ushort window = 65535, int clientScale = -1, int serverScale = -1)
    {
        Assert.True(Out(TcpFlags.Syn, 0, window: window, scale: clientScale).Forwarded);
        Assert.True(In(SynAck, 0, 1, window, scale: serverScale).Forwarded);
        Assert.True(Out(TcpFlags.Ack, 1, 1, window).Forwarded);
        Assert.Equal(TcpState.Established, State);
        return this;
    }

    private static uint Acknowledged(TcpFlags flags, uint start, uint number)
        => (flags & TcpFlags.Ack) == 0 ? 0 : start + number;

    // Maximum segment size, no-operation, window scale.
    private static byte[] Scale(int shift) => shift < 0 ? [2, 4, 5, 180] : [2, 4, 5, 180, 1, 3, 3, (byte)shift];
}
