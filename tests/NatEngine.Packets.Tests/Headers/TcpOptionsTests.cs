using System;

namespace NatEngine.Packets.Tests.Headers;

public sealed class TcpOptionsTests
{
    [Theory] // RFC 7323 section 2.2
    [InlineData("030307", 7)]
    [InlineData("020405B4010303080402", 8)] // after a size and a no-operation
    [InlineData("010101030300", 0)]
    [InlineData("03030F", 14)] // section 2.3: no more than 14
    [InlineData("0303FF", 14)]
    [InlineData("", null)]
    [InlineData("01010101", null)]
    [InlineData("0000030307", null)] // behind the end of the list
    [InlineData("020405B4", null)]
    [InlineData("01010303", null)] // cut short
    [InlineData("01010103", null)]
    [InlineData("03040700", null)] // of a length that it cannot have
    [InlineData("0800030307", null)] // an option of no length
    [InlineData("0801030307", null)]
    [InlineData("080A030307", null)] // an option longer than the header
    public void Window_scale_of_a_syn_is_found(string options, int? shift)
    {
        byte[] octets = Convert.FromHexString(options);
        byte[] padding = new byte[(4 - (octets.Length % 4)) % 4];
        byte[] segment = FrameWriter.Tcp(options: octets.Length + padding.Length);
        octets.CopyTo(segment, 20);
        padding.CopyTo(segment, 20 + octets.Length);
        Assert.Equal(shift, Parse(segment).TcpWindowScale);

        segment[13] = 0x10; // means nothing without SYN
        Assert.Null(Parse(segment).TcpWindowScale);
    }

    private static PacketFacts Parse(byte[] segment)
    {
        byte[] frame = FrameWriter.Ethernet(FrameWriter.IPv4(IpProtocol.Tcp, segment));
        Assert.Equal(DropReason.None, PacketParser.Parse(frame, out PacketFacts facts));
        return facts;
    }
}
