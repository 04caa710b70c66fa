using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.LoadTest.Tests.Rfc9693;

/// <summary>A NAT between two devices, in memory: one external port for each inside end, in turn. Its faults are
/// settings.</summary>
internal sealed class SimulatedNat : IDisposable
{
    private const ushort FirstPort = 2000;

    private readonly Dictionary<TransportAddress, ushort> _ports = [];
    private readonly Dictionary<ushort, TransportAddress> _owners = [];
    private readonly FramePool _pool = new(4096);

    public SimulatedNat()
    {
        Inside = new Face(this, outbound: true);
        Outside = new Face(this, outbound: false);
    }

    public static IPv4Address External { get; } = IPv4Address.Parse("203.0.113.1");

    public Face Inside { get; }

    public Face Outside { get; }

    /// <summary>Mappings that it can hold; when full it refuses the next.</summary>
    public int Capacity { get; init; } = int.MaxValue;

    /// <summary>Decides the fate of a frame by its number in its direction, from 0: how often it arrives.</summary>
    public Func<bool, int, int> Copies { get; init; } = (_, _) => 1;

    /// <summary>Whether the inside end that an answer goes to is another's.</summary>
    public bool ConfusesOwners { get; init; }

    /// <summary>Whether a mapping is forgotten when eight more have come, as in a table that is overwritten.</summary>
    public bool Forgets { get; init; }

    /// <summary>Whether every second frame overtakes the one before it.</summary>
    public bool Swaps { get; init; }

    /// <summary>Whether checksums are left as they were.</summary>
    public bool SpoilsChecksums { get; init; }

    /// <summary>Whether refusals are told by ICMP.</summary>
    public bool SaysSo { get; init; }

    public int Mappings => _ports.Count;

    public void Clear()
    {
        _ports.Clear();
        _owners.Clear();
    }

    public void Dispose() => _pool.Dispose();

    private bool TryTranslate(Span<byte> frame, bool outbound)
    {
        PacketParser.Parse(frame, out PacketFacts facts);
        if (!outbound)
        {
            ushort port = facts.Tuple.Destination.Port;
            return _owners.TryGetValue(ConfusesOwners ? (ushort)(port ^ 1) : port, out TransportAddress owner)
                && Write(frame, facts, owner, outbound);
        }

        if (!_ports.TryGetValue(facts.Tuple.Source, out ushort mapped))
        {
            if (_ports.Count == Capacity)
            {
                Refuse(frame, facts);
                return false;
            }

            mapped = (ushort)(FirstPort + _ports.Count);
            _ports.Add(facts.Tuple.Source, mapped);
            _owners.Add(mapped, facts.Tuple.Source);
            if (Forgets)
            {
                _owners.Remove((ushort)(mapped - 8));
            }
        }

        return Write(frame, facts, new TransportAddress(External, mapped), outbound);
    }

    private bool Write(Span<byte> frame, PacketFacts facts, TransportAddress end, bool outbound)
    {
        Assert.True(IPv4Header.TryParse(frame[EthernetHeader.Length..], out IPv4Header ip));
        TransportAddress old = outbound ? facts.Tuple.Source : facts.Tuple.Destination;
        ChecksumDelta addresses = ChecksumDelta.Of(old.Address, end.Address);
        ip.Checksum = InternetChecksum.Update(ip.Checksum, addresses);
        _ = outbound ? ip.Source = end.Address : ip.Destination = end.Address;
        Span<byte> transport = frame[facts.TransportOffset..];
        int portOffset = outbound ? 0 : 2;
        int checksumOffset = facts.Kind == PacketKind.Tcp ? TcpHeader.ChecksumOffset : UdpHeader.ChecksumOffset;
        transport[portOffset] = (byte)(end.Port >> 8);
        transport[portOffset + 1] = (byte)end.Port;
        if (!SpoilsChecksums)
        {
            ushort checksum = (ushort)((transport[checksumOffset] << 8) | transport[checksumOffset + 1]);
            checksum = InternetChecksum.UpdateUdp(checksum, addresses + ChecksumDelta.Of(old.Port, end.Port));
            transport[checksumOffset] = (byte)(checksum >> 8);
            transport[checksumOffset + 1] = (byte)checksum;
        }

        return true;
    }

    private void Refuse(ReadOnlySpan<byte> frame, PacketFacts facts)
    {
        if (!SaysSo)
        {
            return;
        }

        const int Embedded = IPv4Header.MinLength + 8;
        Assert.True(_pool.TryRent(EthernetHeader.Length + IPv4Header.MinLength + 8 + Embedded, out Frame error));
        Span<byte> octets = error.Octets;
        octets.Clear();
        EthernetHeader.Write(octets, new MacAddress(0x02), new MacAddress(0x04), EtherType.IPv4);
        Span<byte> packet = octets[EthernetHeader.Length..];
        IPv4Header.Create(packet, External, facts.Source, IpProtocol.Icmp, (ushort)packet.Length);
        packet[20] = (byte)IcmpType.DestinationUnreachable;
        packet[21] = 13;
        frame.Slice(EthernetHeader.Length, Embedded).CopyTo(packet[28..]);
        ushort checksum = InternetChecksum.Compute(packet[20..]);
        packet[22] = (byte)(checksum >> 8);
        packet[23] = (byte)checksum;
        Inside.Waiting.Enqueue(error);
    }

    /// <summary>One side of the NAT, as a device.</summary>
    internal sealed class Face(SimulatedNat nat, bool outbound) : IPacketDevice
    {
        private int _count;
        private Frame? _overtaken;

        public string Name => outbound ? "inside" : "outside";

        public SafeHandle PollHandle => throw new NotSupportedException();

        internal Queue<Frame> Waiting { get; } = new();

        public int Receive(Span<Frame> frames)
        {
            int count = 0;
            while (count < frames.Length && Waiting.TryDequeue(out Frame frame))
            {
                frames[count++] = frame;
            }

            return count;
        }

        public void Release(ReadOnlySpan<Frame> frames) => nat._pool.Return(frames);

        public int Transmit(ReadOnlySpan<Frame> frames)
        {
            foreach (Frame frame in frames)
            {
                int copies = nat.Copies(outbound, _count++);
                for (int copy = 0; copy < copies; copy++)
                {
                    Forward(frame);
                }
            }

            return frames.Length;
        }

        public DeviceStatistics ReadStatistics() => default;

        public void Dispose()
        {
        }

        private void Forward(Frame frame)
        {
            Assert.True(nat._pool.TryRent(frame.Length, out Frame copy), "the tester keeps up with its arrivals");
            frame.Octets.CopyTo(copy.Octets);
            if (!nat.TryTranslate(copy.Octets, outbound))
            {
                nat._pool.Return([copy]);
                return;
            }

            Queue<Frame> other = outbound ? nat.Outside.Waiting : nat.Inside.Waiting;
            if (nat.Swaps && _overtaken is null)
            {
                _overtaken = copy;
                return;
            }

            other.Enqueue(copy);
            if (_overtaken is { } overtaken)
            {
                other.Enqueue(overtaken);
                _overtaken = null;
            }
        }
    }
}
