using System;
using NatEngine.Packets.Headers;

namespace NatEngine.Packets.Tests.Headers;

public sealed class TcpHeaderTests
{
    private const string Header = "9C4001BB" + "01020304" + "A1B2C3D4" + "5019FAF0" + "BEEF0007";

    [Fact]
    public void Reads_the_octets_of_a_header()
    {
        Assert.True(TcpHeader.TryParse(Convert.FromHexString(Header), out TcpHeader header));

        Assert.Equal(40000, header.SourcePort);
        Assert.Equal(443, header.DestinationPort);
        Assert.Equal(0x0102_0304U, header.Sequence);
        Assert.Equal(0xA1B2_C3D4U, header.Acknowledgment);
        Assert.Equal(20, header.HeaderLength);
        Assert.Equal(TcpFlags.Ack | TcpFlags.Psh | TcpFlags.Fin, header.Flags);
        Assert.Equal(0xFAF0, header.Window);
        Assert.Equal(0xBEEF, header.Checksum);
    }

    [Fact]
    public void Each_control_bit_has_its_place()
    {
        TcpFlags[] flags =
        [
            TcpFlags.Fin, TcpFlags.Syn, TcpFlags.Rst, TcpFlags.Psh,
            TcpFlags.Ack, TcpFlags.Urg, TcpFlags.Ece, TcpFlags.Cwr,
        ];
        for (int bit = 0; bit < flags.Length; bit++)
        {
            Assert.True(TcpHeader.TryParse(FrameWriter.Tcp(flags: (byte)(1 << bit)), out TcpHeader header));
            Assert.Equal(flags[bit], header.Flags);
        }
    }

    [Theory]
    [InlineData(0x50, 19)]
    [InlineData(0x40, 20)]
    [InlineData(0x00, 20)]
    [InlineData(0x60, 23)]
    [InlineData(0xF0, 59)]
    public void Refuses_impossible_lengths(byte dataOffset, int octets)
    {
        byte[] segment = new byte[60];
        segment[12] = dataOffset;

        Assert.False(TcpHeader.TryParse(segment.AsSpan(0, octets), out _));
    }

    [Theory]
    [InlineData(0x50, 20)]
    [InlineData(0x5F, 20)] // the reserved bits are not part of the length
    [InlineData(0xF0, 60)]
    public void Accepts_a_header_that_just_fits(byte dataOffset, int octets)
    {
        byte[] segment = new byte[octets];
        segment[12] = dataOffset;

        Assert.True(TcpHeader.TryParse(segment, out TcpHeader header));
        Assert.Equal(octets, header.HeaderLength);
    }

    [Fact]
    public void What_is_set_is_in_the_segment_and_nothing_else_changes()
    {
        byte[] segment = Convert.FromHexString(Header);
        Assert.True(TcpHeader.TryParse(segment, out TcpHeader header));

        header.SourcePort = 0x1122;
        header.DestinationPort = 0x3344;
        header.Checksum = 0x5566;

        Assert.Equal("1122334401020304A1B2C3D45019FAF055660007", Convert.ToHexString(segment));
        Assert.Equal(0x1122, header.SourcePort);
        Assert.Equal(0x3344, header.DestinationPort);
        Assert.Equal(0x55, segment[TcpHeader.ChecksumOffset]);
    }
}
