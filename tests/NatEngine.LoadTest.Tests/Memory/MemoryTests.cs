using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.CommandLine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Memory;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.LoadTest.Tests.Rfc9693;

namespace NatEngine.LoadTest.Tests.Memory;

public sealed class MemoryTests
{
    [Fact]
    public void The_kernels_slabs_are_read()
    {
        Assert.Equal(
            251_036L * 1024,
            Footprint.KernelSlabs("MemTotal:  24684212 kB\nSlab:             251036 kB\nSReclaimable: 171736 kB\n"));
        Assert.Throws<FormatException>(() => Footprint.KernelSlabs("MemTotal: 1 kB\n"));
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("1h", 3600)]
    public void A_time_is_a_number_and_a_unit(string text, int seconds)
        => Assert.Equal(TimeSpan.FromSeconds(seconds), MemoryCommand.ParseTime(text));

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("90")]
    [InlineData("1.5h")]
    [InlineData("-1h")]
    [InlineData("0s")]
    [InlineData("1d")]
    public void What_is_no_time_is_refused(string text)
        => Assert.Contains(
            $"--churn '{text}'",
            Assert.Throws<BadInputException>(() => MemoryCommand.ParseTime(text)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Natengine_gets_room_for_more_sessions_than_it_has_by_default()
    {
        MemorySettings settings = new() { Sessions = [64_000, 10_000_000] };

        Assert.Contains(
            "--max-sessions 10100000",
            MemoryCommand.WithRoom(new RunRequest(), settings).NatEngineOptions,
            StringComparison.Ordinal);
        RunRequest said = new() { NatEngineOptions = "--max-sessions 5" };
        Assert.Equal(said, MemoryCommand.WithRoom(said, settings));
        Assert.Equal(new RunRequest().NatEngineOptions, MemoryCommand.WithRoom(new(), new()).NatEngineOptions);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData((1 << 26) + 1, 1)]
    [InlineData(1, 0)]
    public void Numbers_out_of_bounds_are_refused(int sessions, int churnRate)
        => Assert.Throws<BadInputException>(
            () => new MemorySettings { Sessions = [sessions], ChurnRate = churnRate }.Check());

    [Fact]
    public void Each_level_has_as_many_connections_as_it_says()
    {
        Assert.InRange(new FlowSpace(MemorySettings.SpaceOf(1, 1)).Count, 1, 32_000);
        Assert.InRange(new FlowSpace(MemorySettings.SpaceOf(10_000_000, 1)).Count, 10_000_000, 10_032_000);
    }

    [RootTheory]
    [InlineData("netfilter")]
    [InlineData("natengine")]
    public void A_NATs_memory_is_measured_with_sessions_that_it_holds(string name)
    {
        using LabTurn lab = name == "netfilter" ? LabTurn.Netfilter() : LabTurn.NatEngine();
        MemoryMeasurement measurement = new(new MemorySettings { Sessions = [500, 2_000], OpenRate = 20_000 });

        Outcome outcome = measurement.Measure(lab.Turn);

        Assert.Equal(
            measurement.Figures.Select(figure => figure.Name), outcome.Readings.Select(reading => reading.Figure.Name));
        Assert.Equal([0.0, 500, 2_000], Held(outcome, ["memory-0", "memory-500", "memory-2000"]));
        Assert.Equal(3, Assert.Single(outcome.Curves).Points.Count);
        Assert.Equal(name == "natengine", outcome.Readings[0].Details.ContainsKey("heapOctets"));
        Assert.Equal(0, lab.Turn.System.Read().Sessions);
    }

    [RootFact]
    public void Sessions_come_and_go_and_what_is_held_meanwhile_is_sampled()
    {
        using LabTurn lab = LabTurn.NatEngine();
        ChurnMeasurement measurement = new(new MemorySettings { Churn = TimeSpan.FromSeconds(2), ChurnRate = 200 });

        Outcome outcome = measurement.Measure(lab.Turn);

        Reading held = outcome.Readings[0];
        Assert.Equal("churn-memory", held.Figure.Name);
        Assert.True(held.Details["sessionsOpened"] >= 200, $"{held.Details["sessionsOpened"]}");
        Assert.True(held.Value > 0);
        Assert.Equal(["churn-memory", "churn-sessions", "churn-heap"], outcome.Curves.Select(curve => curve.Name));
        Assert.Contains("nothing can be said", Assert.Single(outcome.Findings), StringComparison.Ordinal);
    }

    private static IEnumerable<double> Held(Outcome outcome, string[] figures) => figures.Select(
        name => outcome.Readings.Single(reading => reading.Figure.Name == name).Details["sessionsHeld"]);
}
