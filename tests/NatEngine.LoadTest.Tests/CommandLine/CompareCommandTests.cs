using System;
using System.Linq;
using NatEngine.LoadTest.CommandLine;
using NatEngine.LoadTest.Comparison;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Tests.CommandLine;

public sealed class CompareCommandTests
{
    private static readonly MeasurementOptions Options = new(TimeSpan.FromSeconds(1));

    [Fact]
    public void Measures_in_its_own_order_whatever_the_order_asked_for()
    {
        ComparisonPlan plan = CompareCommand.Plan("ping, tcp,udp-200", Options);

        Assert.Equal(["udp-200", "tcp", "ping"], plan.Measurements.Select(measurement => measurement.Name));
        Assert.Equal("udp-200,tcp,ping", plan.OwnOptions["metrics"]);
    }

    [Fact]
    public void The_lectures_page_is_a_set_of_its_own()
        => Assert.Contains(
            "udp-200", CompareCommand.Plan("lecture", Options).Measurements.Select(measurement => measurement.Name));

    [Theory]
    [InlineData("thrift", "--metrics 'thrift'", "udp-200, udp-10000, tcp, ping")]
    [InlineData("", "--metrics ''", "tcp")]
    [InlineData("tcp,tcp", "--metrics", "at most once")]
    public void Refuses_metrics_that_cannot_be(string metrics, params string[] words)
    {
        string message = Assert.Throws<BadInputException>(() => CompareCommand.Plan(metrics, Options)).Message;

        Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_measurement_has_the_name_under_which_it_is_asked_for()
        => Assert.All(
            MeasurementCatalog.Kinds, kind => Assert.Equal(kind.Name, kind.Create(Options).Name));

    [Fact]
    public void Every_layout_becomes_a_natengine_of_its_own_beside_the_systems()
    {
        RunRequest typed = new() { Systems = "netfilter", Defined = ["v3=natengine --ring v3"] };

        Assert.Same(typed, CompareCommand.Request(typed, layouts: false));
        SystemChoice[] layouts =
        [
            .. CompareCommand.Request(typed, layouts: true).Defined.Skip(1).Select(SystemChoice.ParseDefinition),
        ];

        Assert.Equal(6, layouts.Select(layout => layout.Label).Distinct().Count());
        Assert.All(layouts, layout => Assert.Equal("natengine", layout.Kind));
        Assert.Equal(["--layout", "rx+lookup+rewrite+checksum+tx"], layouts[0].Options);
        Assert.Equal(["--layout", "rx|lookup|rewrite|checksum|tx"], layouts[^1].Options);
        Assert.DoesNotContain(layouts, layout => layout.Label.Contains('|', StringComparison.Ordinal));
    }

    [Fact]
    public void No_two_measurements_yield_a_figure_of_the_same_name()
    {
        string[] figures =
        [
            .. MeasurementCatalog.Kinds.SelectMany(kind => kind.Create(Options).Figures).Select(figure => figure.Name),
        ];

        Assert.NotEmpty(figures);
        Assert.Equal(figures.Distinct(), figures);
    }
}
