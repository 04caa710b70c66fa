using NatEngine.Host.Planning;
using NatEngine.Translation;

namespace NatEngine.Host.Tests.Planning;

public sealed class MachineReaderTests
{
    [Fact]
    public void Reads_the_two_numbers_of_ip_local_port_range()
        => Assert.Equal(new PortRange(32768, 60999), MachineReader.ParseLocalPorts("32768\t60999\n"));

    [Fact]
    public void Reads_the_effective_capabilities()
        => Assert.Equal(
            0x3000UL, MachineReader.ParseCapabilities(["CapPrm:\t000001ffffffffff", "CapEff:\t0000000000003000"]));

    [Fact]
    public void Sees_loopback_on_this_machine()
    {
        Machine machine = MachineReader.Read();
        HostInterface loopback = Assert.Single(machine.Interfaces, one => one.Name == "lo");
        Assert.False(loopback.HardwareAddress.IsUnicast);
        Assert.DoesNotContain(machine.Addresses, address => address.IsLoopback);
        Assert.InRange(machine.Cores, 1, int.MaxValue);
    }
}
