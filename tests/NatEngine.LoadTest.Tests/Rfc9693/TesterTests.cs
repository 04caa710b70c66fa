using System;
using System.Linq;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Tests.Rfc9693;

public sealed class TesterTests
{
    private const int All = 200;

    [Fact]
    public void A_NAT_that_does_its_work_passes_both_phases()
    {
        using SimulatedNat nat = new();
        using Tester tester = TesterRig.Around(nat);

        PhaseResult opening = TesterRig.Open(tester);
        PhaseResult validation = TesterRig.Validate(tester);

        Assert.True(opening.IsFlawless);
        Assert.Equal(All, tester.Table.Count);
        Assert.Equal(0, tester.Table.CountShared(tester.Space));
        Assert.True(validation.IsFlawless);
        Assert.Equal(All, validation[FrameKind.Validation].Received);
        Assert.Equal(All, nat.Mappings);
    }

    [Fact]
    public void The_state_table_holds_what_the_outside_saw()
    {
        using SimulatedNat nat = new();
        using Tester tester = TesterRig.Around(nat);
        TesterRig.Open(tester);

        Assert.All(Enumerable.Range(0, All), flow => Assert.Equal(SimulatedNat.External, tester.Table[flow].Address));
        Assert.Equal(
            Enumerable.Range(2000, All), Enumerable.Range(0, All).Select(flow => (int)tester.Table[flow].Port).Order());
    }

    [Fact]
    public void A_NAT_that_forgets_fails_the_validation_although_it_passed_everything_on()
    {
        using SimulatedNat nat = new() { Forgets = true };
        using Tester tester = TesterRig.Around(nat);

        Assert.True(TesterRig.Open(tester).IsFlawless);
        PhaseResult validation = TesterRig.Validate(tester);

        Assert.False(validation.IsFlawless);
        Assert.Equal(All - 8, validation[FrameKind.Validation].Lost);
    }

    [Fact]
    public void A_NAT_that_takes_one_host_for_another_translates_wrong()
    {
        using SimulatedNat nat = new() { ConfusesOwners = true };
        using Tester tester = TesterRig.Around(nat);

        Assert.True(TesterRig.Open(tester).IsFlawless);
        PhaseResult validation = TesterRig.Validate(tester);

        Assert.False(validation.IsFlawless);
        Assert.Equal(All, validation[FrameKind.Validation].WrongTranslations);
        Assert.Equal(0, validation[FrameKind.Validation].Received);
    }

    [Fact]
    public void A_system_that_does_not_translate_is_found_out()
    {
        using SimulatedNat nat = new();
        using Tester tester = new(new TesterOptions
        {
            Inside = nat.Inside,
            Outside = nat.Outside,
            Station = new MacAddress(2),
            NextHop = new MacAddress(4),
            Space = new FlowSpace(TesterRig.Space),
            Translates = false,
        });

        Assert.Equal(All, TesterRig.Open(tester)[FrameKind.Opening].WrongTranslations);
    }

    [Fact]
    public void Loss_duplicates_and_spoiled_checksums_are_counted_apart()
    {
        using SimulatedNat losing = new() { Copies = (outbound, number) => outbound && number % 10 == 3 ? 0 : 1 };
        using SimulatedNat doubling = new() { Copies = (outbound, number) => outbound && number % 10 == 3 ? 2 : 1 };
        using SimulatedNat spoiling = new() { SpoilsChecksums = true };
        using Tester lossy = TesterRig.Around(losing);
        using Tester doubled = TesterRig.Around(doubling);
        using Tester spoiled = TesterRig.Around(spoiling);

        StreamCount lost = TesterRig.Open(lossy)[FrameKind.Opening];
        StreamCount twice = TesterRig.Open(doubled)[FrameKind.Opening];
        PhaseResult corrupt = TesterRig.Open(spoiled);

        Assert.Equal((20L, 0L, 10.0), (lost.Lost, lost.Duplicates, lost.LossPercent));
        Assert.Equal((0L, 20L), (twice.Lost, twice.Duplicates));
        Assert.Equal(All, corrupt.Corrupt);
        Assert.False(corrupt.IsFlawless);
    }

    [Fact]
    public void A_frame_that_was_overtaken_is_reordered_and_not_lost()
    {
        using SimulatedNat nat = new() { Swaps = true };
        using Tester tester = TesterRig.Around(nat);

        StreamCount opening = TesterRig.Open(tester)[FrameKind.Opening];

        Assert.Equal((0L, All / 2L), (opening.Lost, opening.Reordered));
    }

    [Fact]
    public void Refusals_are_counted_at_the_inside()
    {
        using SimulatedNat nat = new() { Capacity = 150, SaysSo = true };
        using Tester tester = TesterRig.Around(nat);

        PhaseResult opening = TesterRig.Open(tester);

        Assert.Equal((150L, 50L, 0L), (tester.Table.Count, opening.Prohibited, opening.OtherErrors));
        Assert.Equal(50, opening[FrameKind.Opening].Lost);
    }

    [Fact]
    public void TCP_connections_are_established_by_three_segments()
    {
        using SimulatedNat nat = new();
        using Tester tester = TesterRig.Around(nat, TesterRig.Space with { Protocol = IpProtocol.Tcp });

        PhaseResult opening = tester.Run(new Phase
        {
            Inside = [StreamPlan.Once(FrameKind.Opening, 1e6, FlowOrder.Shuffled(All, 1))],
            Timeout = TimeSpan.FromMilliseconds(50),
            EndsWhenComplete = false,
        });
        PhaseResult validation = TesterRig.Validate(tester);

        Assert.True(opening.IsFlawless);
        Assert.Equal(All, tester.Established);
        Assert.True(validation.IsFlawless);
    }

    [Fact]
    public void Traffic_of_both_directions_is_counted_and_timed()
    {
        using SimulatedNat nat = new();
        using Tester tester = TesterRig.Around(nat);
        TesterRig.Open(tester);

        PhaseResult both = tester.Run(new Phase
        {
            Inside = [Mixed(FrameKind.Outbound)],
            Outside = [Mixed(FrameKind.Inbound)],
        });

        Assert.True(both.IsFlawless);
        Assert.All(both.Streams, stream => Assert.Equal((1000L, 1000L), (stream.Received, stream.Latency!.TotalCount)));
        Assert.Equal(0, both.Strays);
    }

    [Fact]
    public void The_two_ends_may_have_a_thread_each()
    {
        using LockedNat nat = new();
        using Tester tester = new(new TesterOptions
        {
            Inside = nat.Inside,
            Outside = nat.Outside,
            Station = new MacAddress(2),
            NextHop = new MacAddress(4),
            Space = new FlowSpace(TesterRig.Space),
            Translates = true,
            Cores = Environment.ProcessorCount > 1 ? new CorePlacement(0, 0, 1) : null,
        });

        Assert.True(TesterRig.Open(tester).IsFlawless);
        Assert.True(TesterRig.Validate(tester).IsFlawless);
    }

    [Fact]
    public void Frames_of_an_earlier_trial_are_strays()
    {
        using SimulatedNat nat = new();
        using Tester tester = TesterRig.Around(nat);
        TesterRig.Open(tester);
        tester.Forget();

        // Sent again as a stream that the other end does not expect: what it says of itself is not of this phase.
        Assert.Equal(0, TesterRig.Open(tester, seed: 2).Strays);
        Assert.Equal(All, tester.Table.Count);
    }

    private static StreamPlan Mixed(FrameKind kind) => new()
    {
        Kind = kind,
        Rate = 500_000,
        Frames = 1000,
        Order = FlowOrder.Shuffled(All, 3),
        Lengths = FrameLengths.Parse("imix"),
        Timed = true,
    };
}
