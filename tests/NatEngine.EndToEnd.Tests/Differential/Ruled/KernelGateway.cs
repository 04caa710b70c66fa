using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;

namespace NatEngine.EndToEnd.Tests.Differential.Ruled;

/// <summary>The kernel with iptables, between three wires.</summary>
internal sealed class KernelGateway : IDisposable
{
    private const byte Unreachable = 3;
    private const byte ControlOffset = 13;

    private readonly Bench _bench = Bench.OfIptables();

    // Within a tick (4 ms) nf_conncount does not recognise a session that it has counted, and for two it does not
    // forget one that is gone.
    private static readonly TimeSpan Ticks = TimeSpan.FromMilliseconds(12);

    private bool _counts;

    /// <summary>Puts rules in the place of those that there are. Sessions live on.</summary>
    public void Load(string rules)
    {
        _bench.LoadRules(rules);
        _counts = rules.Contains("connlimit", StringComparison.Ordinal);
    }

    /// <summary>The rules that there are, as iptables writes them.</summary>
    public string Save() => _bench.SaveRules();

    /// <summary>Sends a packet and says what became of it.</summary>
    public Fate Send(Parcel parcel)
    {
        if (_counts)
        {
            Thread.Sleep(Ticks);
        }

        IReadOnlyList<Emerged> emerged = _bench.Send(parcel.From, parcel.Packet);
        return emerged.Count == 0 ? Fate.Dropped : FateOf(Assert.Single(emerged), parcel);
    }

    public void Dispose() => _bench.Dispose();

    private static Fate FateOf(Emerged emerged, Parcel parcel)
    {
        byte[] packet = emerged.Packet;
        ReadOnlySpan<byte> transport = packet.AsSpan(emerged.TransportStart);
        if (!parcel.IsError && packet[9] == Packets.IcmpProtocol && transport[0] == Unreachable)
        {
            return new Fate(FateKind.Rejected, emerged.At, Answer: $"code {transport[1]}");
        }

        bool isReset = packet[9] == Packets.TcpProtocol && (transport[ControlOffset] & (byte)TcpControl.Rst) != 0;
        if (!parcel.IsError && isReset)
        {
            return new Fate(FateKind.Rejected, emerged.At, Answer: "reset");
        }

        string destination = $"{new IPAddress(packet.AsSpan(16, 4))}";
        return parcel.IsError && packet[9] == Packets.IcmpProtocol
            ? new Fate(FateKind.Forwarded, emerged.At, Destination: destination)
            : new Fate(FateKind.Forwarded, emerged.At, emerged.Source, $"{destination}:{DestinationPort(emerged)}");
    }

    // Of a query, the identifier stands for both.
    private static int DestinationPort(Emerged emerged)
    {
        int at = emerged.TransportStart + (emerged.Packet[9] == Packets.IcmpProtocol ? 4 : 2);
        return (emerged.Packet[at] << 8) | emerged.Packet[at + 1];
    }
}
