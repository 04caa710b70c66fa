using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Explaining;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Explaining;

/// <summary>A packet of some kind, and where it comes in.</summary>
internal sealed record Traffic(byte[] Frame, Realm Ingress)
{
    /// <summary>A packet that numbers choose.</summary>
    public static Traffic Of(int kind, int host, int remote, int number)
    {
        string inside = $"100.64.0.{2 + (host / 2)}:{4000 + (host % 2)}";
        string outside = $"198.51.100.{7 + (remote / 2)}:{53 + (remote % 2)}";
        string mapped = $"203.0.113.{1 + (number / 9 % 4 / 3)}:{4000 + (number % 9)}";
        TcpFlags flags = (TcpFlags)(number % 32);
        ushort identifier = (ushort)(number % 3);
        return kind switch
        {
            0 => new(Frames.Udp(inside, outside, payload: number % 64), Realm.Internal),
            1 => new(Frames.Tcp(inside, outside, TcpFlags.Syn), Realm.Internal),
            2 => new(Frames.Tcp(inside, outside, flags), Realm.Internal),
            3 when number % 2 == 0 => new(Frames.Udp(inside, mapped), Realm.Internal),
            3 => new(Frames.Tcp(inside, mapped, flags), Realm.Internal),
            4 => new(Frames.Other(inside[..10], outside[..12], (byte)(number % 3 == 0 ? 47 : 50)), Realm.Internal),
            5 => new(Frames.Udp(outside, mapped), Realm.External),
            6 => new(Frames.Tcp(outside, mapped, number % 3 == 0 ? TcpFlags.Syn : flags), Realm.External),
            7 when number % 3 == 0 => new(Frames.EchoReply(outside[..12], "203.0.113.1", identifier), Realm.External),
            7 => new(Frames.EchoRequest(inside[..10], outside[..12], identifier), Realm.Internal),
            _ => new(
                Frames.Error("198.18.0.1", "203.0.113.1", Frames.Udp(mapped, outside)), (Realm)(number % 2)),
        };
    }

    /// <summary>What a gateway says of it.</summary>
    public Explanation Explain(Gateway gateway)
    {
        Assert.Equal(DropReason.None, PacketParser.Parse(Frame, out PacketFacts facts));
        return gateway.Translator.Explainer.Explain(facts, Ingress, gateway.Now);
    }
}
