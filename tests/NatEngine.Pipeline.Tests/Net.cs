using NatEngine.Packets;

namespace NatEngine.Pipeline.Tests;

/// <summary>The addresses that the tests speak of.</summary>
internal static class Net
{
    public static readonly MacAddress InternalMac = new(0x02_00_00_00_00_01);
    public static readonly MacAddress ExternalMac = new(0x02_00_00_00_00_02);
    public static readonly MacAddress HostMac = new(0x02_00_00_00_01_05);
    public static readonly MacAddress SecondHostMac = new(0x02_00_00_00_01_06);
    public static readonly MacAddress RouterMac = new(0x02_00_00_00_02_FE);

    public static readonly IPv4Prefix InternalPrefix = new(IPv4Address.Parse("100.64.0.0"), 16);
    public static readonly IPv4Prefix ExternalPrefix = new(IPv4Address.Parse("203.0.113.0"), 24);

    public static readonly IPv4Address Inside = IPv4Address.Parse("100.64.0.1");
    public static readonly IPv4Address Host = IPv4Address.Parse("100.64.0.5");
    public static readonly IPv4Address SecondHost = IPv4Address.Parse("100.64.0.6");
    public static readonly IPv4Address Outside = IPv4Address.Parse("203.0.113.1");
    public static readonly IPv4Address Router = IPv4Address.Parse("203.0.113.254");
    public static readonly IPv4Address Server = IPv4Address.Parse("198.51.100.7");
    public static readonly IPv4Address Hop = IPv4Address.Parse("198.18.0.9");
}
