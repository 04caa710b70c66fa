using NatEngine.Host.Guarding;

namespace NatEngine.Host.Tests.Guarding;

public sealed class GuardTableTests
{
    [Theory]
    [InlineData("eth0", "natengine_eth0")]
    [InlineData("br-lan.100", "natengine_br-lan.100")]
    [InlineData("we+ird", "natengine_we/2bird")]
    [InlineData("wlan€", "natengine_wlan/e2/82/ac")]
    public void Names_a_table_in_characters_that_nft_takes(string interfaceName, string table)
        => Assert.Equal(table, GuardTable.NameOf(interfaceName));

    [Fact]
    public void Two_interfaces_never_share_a_table()
        => Assert.NotEqual(GuardTable.NameOf("a+"), GuardTable.NameOf("a2b"));

    [Theory]
    [InlineData("eth0", true)]
    [InlineData("we+ird", true)]
    [InlineData("quo\"te", false)]
    [InlineData("eth*", false)]
    [InlineData("back\\", false)]
    public void Knows_which_names_nft_cannot_write(string interfaceName, bool canGuard)
        => Assert.Equal(canGuard, GuardTable.CanGuard(interfaceName));
}
