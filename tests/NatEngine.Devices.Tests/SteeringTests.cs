using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Devices.Tests.Wire;

namespace NatEngine.Devices.Tests;

/// <summary>Frames on a wire, and the device of a group that the kernel gives them to.</summary>
public sealed class SteeringTests : IDisposable
{
    private const byte Icmp = 1;
    private const byte Tcp = 6;
    private const byte Udp = 17;
    private const byte Gre = 47;
    private const uint Multiplier = 0x9E37_79B1;
    private const int Sentinel = 0x7FFF_FFFF;

    private readonly VethPair _wire = new();

    [RootTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_source_address_is_always_one_lanes(int lanes)
    {
        List<(byte[] Frame, int Lane)> sent = [];
        for (uint host = 0; host < 60; host++)
        {
            uint source = 0x6440_0002 + host;
            int lane = (int)((unchecked(source * Multiplier) >> 16) * lanes / 65_536);
            byte protocol = (host % 3) switch { 0 => Udp, 1 => Tcp, _ => Icmp };
            sent.Add((Packet(protocol, source, 0, 0, Ports(1000, 53)), lane));
            sent.Add((Packet(protocol, source, 7, 185, new byte[16]), lane)); // a later fragment
        }

        sent.Add((Packet(Gre, 0x6440_0003, 0, 0, new byte[8]), 0));
        sent.Add((Arp(), 0));

        AssertSteered(SteeringProgram.BySource(lanes, Multiplier), sent);
    }

    [RootTheory]
    [InlineData(1, 64, 0)]
    [InlineData(2, 64, 0)]
    [InlineData(3, 500, 476)]
    public void A_destination_port_is_always_one_lanes(int lanes, int stripe, int offset)
    {
        List<(byte[] Frame, int Lane)> sent = [];
        for (int port = 1; port < 65_536; port += 997)
        {
            int lane = (port + offset) / stripe % lanes;
            sent.Add((Packet(Tcp, 1, 0, 0, Ports(443, port), options: 0), lane));
            sent.Add((Packet(Udp, 1, 0, 0, Ports(53, port), options: 8), lane));
            sent.Add((Packet(Icmp, 1, 0, 0, Query(0, port)), lane)); // echo reply
            foreach (byte type in (byte[])[3, 4, 5, 11, 12])
            {
                sent.Add((Packet(Icmp, 1, 0, 0, Error(type, Tcp, port, options: 0)), lane));
                sent.Add((Packet(Icmp, 1, 0, 0, Error(type, Udp, port, options: 12), options: 4), lane));
                sent.Add((Packet(Icmp, 1, 0, 0, Error(type, Icmp, port, options: 0)), lane));
            }
        }

        AssertSteered(SteeringProgram.ByDestinationPort(lanes, stripe, offset, []), sent);
    }

    [RootFact]
    public void The_fragments_of_a_packet_go_to_one_lane_whatever_its_port()
    {
        List<(byte[] Frame, int Lane)> sent = [];
        for (int identification = 1; identification < 20; identification++)
        {
            sent.Add((Packet(Udp, 1, identification, 0x2000, Ports(53, 64)), identification % 2)); // the first
            sent.Add((Packet(Udp, 1, identification, 0x2000 | 3, new byte[24]), identification % 2));
            sent.Add((Packet(Udp, 1, identification, 6, new byte[24]), identification % 2)); // the last
        }

        AssertSteered(SteeringProgram.ByDestinationPort(2, 64, 0, []), sent);
    }

    [RootFact]
    public void A_pinned_port_goes_where_it_is_said_and_its_namesake_of_another_protocol_does_not()
    {
        PinnedPort[] pinned =
        [
            .. Enumerable.Range(0, SteeringProgram.MostPinned).Select(i => new PinnedPort(true, (ushort)(i * 128), 1)),
            .. Enumerable.Range(0, SteeringProgram.MostPinned).Select(i => new PinnedPort(false, (ushort)(i * 128), 1)),
            new PinnedPort(false, 20_000, 1), // one too many
        ];
        AssertSteered(
            SteeringProgram.ByDestinationPort(2, 64, 0, pinned),
            [
                (Packet(Tcp, 1, 0, 0, Ports(1, 128)), 1),
                (Packet(Tcp, 1, 0, 0, Ports(1, 63 * 128)), 1),
                (Packet(Udp, 1, 0, 0, Ports(1, 63 * 128)), 1),
                (Packet(Udp, 1, 0, 0, Ports(1, 20_000)), 20_000 / 64 % 2),
                (Packet(Icmp, 1, 0, 0, Query(0, 128)), 0),
            ]);
        AssertSteered(
            SteeringProgram.ByDestinationPort(2, 64, 0, [new PinnedPort(true, 128, 1)]),
            [(Packet(Tcp, 1, 0, 0, Ports(1, 128)), 1), (Packet(Udp, 1, 0, 0, Ports(1, 128)), 0)]);
    }

    [RootFact]
    public void A_packet_that_ends_before_its_ports_reaches_some_lane()
    {
        byte[] shortest = Packet(Udp, 1, 0, 0, []);

        AssertSteered(SteeringProgram.ByDestinationPort(2, 64, 0, []), [(shortest[..34], 0)]);
    }

    public void Dispose() => _wire.Dispose();

    // Each frame carries its number at its end; the sentinel, an ARP request, is lane 0's last, and nothing is on its
    // way after it because a veth delivers in order.
    private void AssertSteered(SteeringProgram steering, List<(byte[] Frame, int Lane)> sent)
    {
        AfPacketDevice[] lanes = _wire.A.Run(() => AfPacketDevice.OpenGroup(
            VethPair.Options() with { InterfaceName = "a0", Slots = 4096, SuperFrames = false }, steering));
        using AfPacketDevice b = _wire.OpenB();
        try
        {
            for (int number = 0; number < sent.Count; number++)
            {
                Send(b, sent[number].Frame, number);
            }

            Send(b, Arp(), Sentinel);
            Dictionary<int, int> arrived = [];
            Receiving.Until(() => lanes.Select((device, lane) => Collect(device, lane, arrived)).ToArray()[0]);
            for (int lane = 0; lane < lanes.Length; lane++)
            {
                Collect(lanes[lane], lane, arrived);
            }

            Assert.Equal(
                sent.Select((one, number) => (number, one.Lane)),
                arrived.Where(one => one.Key != Sentinel).OrderBy(one => one.Key).Select(one => (one.Key, one.Value)));
        }
        finally
        {
            Array.ForEach(lanes, device => device.Dispose());
        }
    }

    private static bool Collect(AfPacketDevice device, int lane, Dictionary<int, int> arrived)
    {
        Frame[] frames = new Frame[64];
        int count = device.Receive(frames);
        for (int index = 0; index < count; index++)
        {
            int number = BinaryPrimitives.ReadInt32BigEndian(frames[index].Octets[^4..]);
            Assert.True(arrived.TryAdd(number, lane), $"frame {number} came twice");
        }

        device.Release(frames.AsSpan(0, count));
        return arrived.ContainsKey(Sentinel);
    }

    private static void Send(AfPacketDevice device, byte[] octets, int number)
    {
        using FramePool pool = new(1);
        Assert.True(pool.TryRent(octets.Length + 4, out Frame frame));
        octets.CopyTo(frame.Octets);
        BinaryPrimitives.WriteInt32BigEndian(frame.Octets[^4..], number);
        Assert.Equal(1, device.Transmit([frame]));
    }

    private static byte[] Packet(
        byte protocol, uint source, int identification, int fragment, byte[] payload, int options = 0)
    {
        byte[] frame = new byte[14 + 20 + options + payload.Length];
        VethPair.AddressOfA.CopyTo(frame, 0);
        VethPair.AddressOfB.CopyTo(frame, 6);
        frame[12] = 0x08;
        Header(protocol, source, identification, fragment, options, payload.Length).CopyTo(frame, 14);
        payload.CopyTo(frame, 34 + options);
        return frame;
    }

    private static byte[] Header(
        byte protocol, uint source, int identification, int fragment, int options, int payload)
    {
        byte[] header = new byte[20 + options];
        header[0] = (byte)(0x40 | (header.Length / 4));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(header.Length + payload));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), (ushort)identification);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6), (ushort)fragment);
        header[8] = 64;
        header[9] = protocol;
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(12), source);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(16), 0xCB00_7101);
        header.AsSpan(20).Fill(1); // no operation
        return header;
    }

    private static byte[] Ports(int source, int destination)
    {
        byte[] ports = new byte[20];
        BinaryPrimitives.WriteUInt16BigEndian(ports, (ushort)source);
        BinaryPrimitives.WriteUInt16BigEndian(ports.AsSpan(2), (ushort)destination);
        return ports;
    }

    private static byte[] Query(byte type, int identifier)
    {
        byte[] query = new byte[16];
        query[0] = type;
        BinaryPrimitives.WriteUInt16BigEndian(query.AsSpan(4), (ushort)identifier);
        return query;
    }

    // An error about a packet that went out from a port, or with an identifier.
    private static byte[] Error(byte type, byte protocol, int port, int options)
        =>
        [
            type, 0, 0, 0, 0, 0, 0, 0,
            .. Header(protocol, 0xCB00_7101, 0, 0, options, 20),
            .. protocol == Icmp ? Query(8, port) : Ports(port, 9),
        ];

    private static byte[] Arp()
    {
        byte[] frame = new byte[60];
        frame.AsSpan(0, 6).Fill(0xFF);
        VethPair.AddressOfB.CopyTo(frame, 6);
        frame[12] = 0x08;
        frame[13] = 0x06;
        return frame;
    }
}
