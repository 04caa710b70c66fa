using System;
using NatEngine.Packets.Headers;

namespace NatEngine.Packets.Tests.Headers;

public sealed class IcmpHeaderTests
{
    [Fact]
    public void Reads_the_octets_of_a_header()
    {
        Assert.True(IcmpHeader.TryParse(Convert.FromHexString("0304BEEF123405D8"), out IcmpHeader header));

        Assert.Equal(IcmpType.DestinationUnreachable, header.Type);
        Assert.Equal(4, header.Code);
        Assert.Equal(0xBEEF, header.Checksum);
        Assert.Equal(0x1234, header.Identifier);
        Assert.Equal(1496, header.NextHopMtu);
    }

    [Fact]
    public void Refuses_every_length_below_its_own()
    {
        for (int length = 0; length < IcmpHeader.Length; length++)
        {
            Assert.False(IcmpHeader.TryParse(new byte[length], out _));
        }

        Assert.True(IcmpHeader.TryParse(new byte[IcmpHeader.Length], out _));
    }

    [Fact]
    public void What_is_set_is_in_the_message_and_nothing_else_changes()
    {
        byte[] message = Convert.FromHexString("0800BEEF1234000177");
        Assert.True(IcmpHeader.TryParse(message, out IcmpHeader header));

        header.Type = IcmpType.TimeExceeded;
        header.Code = 1;
        header.Checksum = 0x2233;
        header.Identifier = 0x4455;
        header.NextHopMtu = 0x6677;

        Assert.Equal("0B0122334455667777", Convert.ToHexString(message));
        Assert.Equal(IcmpType.TimeExceeded, header.Type);
        Assert.Equal(0x4455, header.Identifier);
    }
}
