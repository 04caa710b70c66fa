using System;
using NatEngine.Packets.Headers;

namespace NatEngine.Packets.Tests.Headers;

public sealed class EthernetHeaderTests
{
    private static readonly MacAddress First = new(0x020A_1B2C_3D4E);
    private static readonly MacAddress Second = new(0xFEDC_BA98_7654);

    [Fact]
    public void Reads_the_octets_of_a_header()
    {
        byte[] frame = [0x02, 0x0A, 0x1B, 0x2C, 0x3D, 0x4E, 0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x08, 0x06];

        Assert.True(EthernetHeader.TryParse(frame, out EthernetHeader header));

        Assert.Equal(First, header.Destination);
        Assert.Equal(Second, header.Source);
        Assert.Equal(EtherType.Arp, header.PayloadType);
        Assert.Equal(14, header.PayloadOffset);
        Assert.Equal(0, header.VlanTags);
    }

    [Theory]
    [InlineData(new ushort[] { 0x8100 }, 18, EtherType.IPv6)]
    [InlineData(new ushort[] { 0x88A8, 0x8100 }, 22, EtherType.IPv6)]
    [InlineData(new ushort[] { 0x88A8, 0x8100, 0x8100 }, 22, EtherType.VlanTag)] // more tags than are stepped over
    public void The_payload_begins_behind_the_tags(ushort[] tags, int offset, EtherType type)
    {
        byte[] frame = FrameWriter.Ethernet([], 0x86DD, 0, tags);

        Assert.True(EthernetHeader.TryParse(frame, out EthernetHeader header));

        Assert.Equal(offset, header.PayloadOffset);
        Assert.Equal(type, header.PayloadType);
        Assert.Equal((offset - 14) / 4, header.VlanTags);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Refuses_every_length_below_its_own(int tags)
    {
        byte[] frame = FrameWriter.Ethernet([], tagTypes: new ushort[] { 0x88A8, 0x8100 }[..tags]);
        for (int length = 0; length < frame.Length; length++)
        {
            Assert.False(EthernetHeader.TryParse(frame.AsSpan(0, length), out _));
        }

        Assert.True(EthernetHeader.TryParse(frame, out _));
    }

    [Fact]
    public void What_is_set_is_in_the_frame_and_nothing_else_changes()
    {
        byte[] frame = FrameWriter.Ethernet([0xAA], tagTypes: 0x8100);
        byte[] before = (byte[])frame.Clone();
        Assert.True(EthernetHeader.TryParse(frame, out EthernetHeader header));

        header.Destination = Second;
        header.Source = First;

        Assert.Equal([0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x02, 0x0A, 0x1B, 0x2C, 0x3D, 0x4E], frame[..12]);
        Assert.Equal(before[12..], frame[12..]);
        Assert.Equal(Second, header.Destination);
        Assert.Equal(First, header.Source);
    }

    [Fact]
    public void Write_makes_what_TryParse_reads()
    {
        byte[] frame = new byte[15];

        EthernetHeader.Write(frame, First, Second, EtherType.IPv4);

        Assert.Equal(
            [0x02, 0x0A, 0x1B, 0x2C, 0x3D, 0x4E, 0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x08, 0x00, 0x00], frame);
    }
}
