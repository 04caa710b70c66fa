namespace NatEngine.Packets.Tests;

public sealed class TransportAddressTests
{
    [Theory]
    [InlineData("198.51.100.7:443", 443)]
    [InlineData("198.51.100.7:0", 0)]
    [InlineData("198.51.100.7:65535", 65535)]
    public void Reads_and_prints_address_and_port(string text, ushort port)
    {
        Assert.True(TransportAddress.TryParse(text, out TransportAddress address));
        Assert.Equal(new TransportAddress(IPv4Address.Parse("198.51.100.7"), port), address);
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("198.51.100.7")]
    [InlineData("198.51.100.7:")]
    [InlineData(":443")]
    [InlineData("198.51.100.7:65536")]
    [InlineData("198.51.100.7:4294967739")] // 443 modulo 2^32
    [InlineData("198.51.100.7:99999999999999999999")]
    [InlineData("198.51.100.7:-1")]
    [InlineData("198.51.100.7:+1")]
    [InlineData("198.51.100.7:0443")]
    [InlineData("198.51.100.7: 443")]
    [InlineData("198.51.100.7:443\0")]
    [InlineData("198.51.100.7:443:443")]
    [InlineData("[::1]:443")]
    public void Refuses_anything_else(string text)
    {
        Assert.False(TransportAddress.TryParse(text, out TransportAddress address));
        Assert.Equal(default, address);
    }
}
