using System;
using System.IO;
using System.Linq;
using NatEngine.LoadTest.Clients.Commands;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Results;
using NatEngine.LoadTest.Tests.Comparison;

namespace NatEngine.LoadTest.Tests.Clients;

public sealed class ClientsCommandTests
{
    private static readonly MeasurementOptions Options = new(TimeSpan.FromSeconds(2));

    [RootFact]
    public void A_ladder_ends_with_figures_curves_and_findings()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("natload-tests-");
        try
        {
            (int exitCode, string output, string error) = NatLoadProcess.Run(
                "clients", "--profile", "dns", "--ladder", "2,20", "--hold", "0.3", "--systems", "forward",
                "--out", folder.FullName);

            Assert.True(exitCode == ExitCode.Complete, output + error);
            ComparisonResult result = ResultFile.Read(folder.FullName);
            Assert.Equal("2,20", result.Options["ladder"]);
            string[] figures = ["knee", "throughput", "bits", "p50", "p99"];
            Assert.Equal(figures.Select(name => $"clients-dns-{name}"), result.Figures.Select(figure => figure.Name));
            string[] wanted = ["page-time", "throughput", "p99", "failures"];
            Assert.Superset(
                wanted.Select(name => $"clients-dns-{name}").ToHashSet(),
                result.Curves.Where(each => each.System == "forward").Select(each => each.Curve.Name).ToHashSet());
            Assert.All(
                result.Curves.Where(each => each.Curve.Name == "clients-dns-failures"),
                each => Assert.Equal([2, 20], each.Curve.Points.Select(point => point.X)));
            Assert.Contains("Profile dns: ", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("10,1", null, null, "--ladder 10,1: must ascend")]
    [InlineData(null, "0", null, "--rate 0: must be a list of numbers more than 0")]
    [InlineData(null, null, 0.0, "--hold 0: must be more than 0")]
    [InlineData(null, null, -1.0, "--hold -1: must be more than 0")]
    public void What_cannot_be_is_refused_before_anything_is_done(
        string? ladder, string? rate, double? hold, string expected)
    {
        ClientsRequest request = new() { Ladder = ladder, Rate = rate, Hold = hold };

        BadInputException refused = Assert.Throws<BadInputException>(() => request.Check(Options, "reports"));

        Assert.StartsWith(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_runner_that_is_not_there_is_refused()
    {
        ClientsRequest request = new() { NBomber = "/nowhere/NatEngine.LoadTest.NBomber" };

        Assert.Throws<BadInputException>(() => request.Check(Options, "reports"));
    }

    [Fact]
    public void A_profile_is_not_measured_twice()
    {
        ClientsRequest request = new() { Profiles = ["web", "dns", "web"] };

        BadInputException refused = Assert.Throws<BadInputException>(() => request.Check(Options, "reports"));
        Assert.Contains("each name at most once", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_profile_is_a_measurement_of_its_own()
        => Assert.Equal(
            ["clients-web", "clients-dns"],
            new ClientsRequest { Profiles = ["web", "dns"] }.Check(Options, "reports")
                .Select(measurement => measurement.Name));
}
