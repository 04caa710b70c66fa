using System.Linq;
using NatEngine.Conformance.Probes;

namespace NatEngine.Conformance.Tests;

public sealed class ProbeCatalogTests
{
    [Fact]
    public void No_two_rows_are_the_same()
        => Assert.Equal(
            ProbeCatalog.All.Count,
            ProbeCatalog.All.Select(probe => (probe.Name, probe.Title)).Distinct().Count());

    [Fact]
    public void Rows_come_in_the_order_of_the_requirements()
        => Assert.Equal(
            ["REQ-1", "REQ-2", "REQ-3", "REQ-3a", "REQ-4", "REQ-5"],
            ProbeCatalog.All.Where(probe => probe.Rfc == 4787).Select(probe => probe.Requirement).Take(6));

    [Fact]
    public void A_timer_below_the_floor_is_not_claimed()
    {
        Probe probe = ProbeCatalog.All.Single(probe => probe.Name == "4787 REQ-5");
        Contract contract = new() { Timers = new ContractTimers { UdpUnreplied = System.TimeSpan.FromSeconds(30) } };

        Assert.Equal(new Claim(ClaimStanding.NotClaimed, "timers.udpUnreplied is 30 s"), probe.Claims(contract));
        Assert.Equal(ClaimStanding.Claimed, probe.Claims(new Contract()).Standing);
    }

    [Fact]
    public void Overloading_takes_back_what_it_breaks()
    {
        Contract overloaded = new() { UdpOverload = true, UdpMapping = Dependence.AddressAndPortDependent };

        Assert.All(
            ProbeCatalog.All.Where(probe => probe.Name is "4787 REQ-1" or "4787 REQ-3" or "4787 REQ-9"),
            probe => Assert.Equal(ClaimStanding.NotClaimed, probe.Claims(overloaded).Standing));
        Assert.Equal(
            ClaimStanding.Claimed,
            ProbeCatalog.All.Single(probe => probe.Name == "7857 section 3").Claims(overloaded).Standing);
    }
}
