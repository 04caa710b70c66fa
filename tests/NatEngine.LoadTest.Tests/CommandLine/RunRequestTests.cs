using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NatEngine.LoadTest.CommandLine;
using NatEngine.LoadTest.Comparison;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Tests.CommandLine;

public sealed class RunRequestTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2000, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("natload-tests-");

    private RunRequest Valid => new()
    {
        Systems = "netfilter,forward",
        Out = Path.Combine(_directory.FullName, "a", "b"),
    };

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Makes_the_results_folder()
    {
        ComparisonOptions options = Valid.Check("compare", Now);

        Assert.True(Directory.Exists(options.ResultsFolder));
        Assert.Empty(Directory.GetFileSystemEntries(options.ResultsFolder));
    }

    [Fact]
    public void Keeps_the_systems_in_the_order_asked_for()
        => Assert.Equal(["wire", "netfilter"], Labels(Valid with { Systems = "wire, netfilter" }));

    [Fact]
    public void A_variant_is_a_system_of_its_own()
        => Assert.Equal(
            ["natengine:cgn: --preset cgn", "netfilter: ", "netfilter:fully-random: fully-random",
                "v3: --ring v3"],
            Chosen(Valid with
            {
                Systems = "natengine:cgn,netfilter,netfilter:fully-random",
                Defined = ["v3=natengine --ring v3"],
                NatEngine = "/bin/true",
            }).Select(each => $"{each.Label}: {string.Join(' ', each.Options)}"));

    [Theory]
    [InlineData("natengine,netfilter:random,netfilter", "netfilter:random")]
    [InlineData("forward,wire", null)]
    public void Ratios_are_to_the_first_of_the_kernels_nats(string systems, string? baseline)
        => Assert.Equal(
            baseline,
            (Valid with { Systems = systems, NatEngine = "/bin/true" }).Check("compare", Now).Baseline);

    [Theory]
    [InlineData("", "", "--external-address 203.0.113.2")]
    [InlineData("--ring v3", "--preset cgn", "--external-address 203.0.113.2 --ring v3 --preset cgn")]
    [InlineData("--external-address 203.0.113.1", "", "--external-address 203.0.113.1")]
    [InlineData("", "--external-address=203.0.113.3", "--external-address=203.0.113.3")]
    public void Natengine_has_an_address_of_its_own_unless_it_is_given_one(string common, string own, string all)
        => Assert.Equal(all, string.Join(' ', NatEngineSystem.OptionsOf(Split(common), Split(own))));

    [Fact]
    public void Splits_the_options_for_natengine()
        => Assert.Equal(
            ["--layout", "rx|tx"],
            (Valid with { NatEngineOptions = " --layout  rx|tx " }).Check("compare", Now).NatEngineOptions);

    [Fact]
    public void Refuses_an_unknown_system()
    {
        Refuses(Valid with { Systems = "netfilter,iptables" }, "--systems 'iptables'", "natengine, netfilter");
        Refuses(Valid with { Systems = "" }, "--systems ''");
        Refuses(Valid with { Systems = "netfilter," }, "--systems ''");
        Refuses(Valid with { Systems = "generator" }, "--systems 'generator'");
    }

    [Fact]
    public void Refuses_a_system_twice()
        => Refuses(Valid with { Systems = "forward,forward" }, "--systems", "at most once");

    [Fact]
    public void Refuses_a_variant_that_there_is_not()
    {
        Refuses(Valid with { Systems = "natengine:conical" }, "'conical'", "symmetric");
        Refuses(Valid with { Systems = "netfilter:sometimes" }, "'sometimes'", "fully-random");
        Refuses(Valid with { Systems = "forward:fast" }, "'forward:fast'", "no variants");
    }

    [Theory]
    [InlineData("netfilter", "LABEL=KIND")]
    [InlineData("=netfilter", "LABEL=KIND")]
    [InlineData("a,b=netfilter", "LABEL=KIND")]
    [InlineData("mine=iptables", "'iptables'")]
    [InlineData("mine=netfilter --ring v3", "'--ring'")]
    [InlineData("mine=wire fast", "no options")]
    [InlineData("forward=netfilter", "at most once")]
    [InlineData("generator=netfilter", "the generator itself")]
    public void Refuses_a_definition_that_cannot_be(string definition, string rule)
        => Refuses(Valid with { Defined = [definition] }, "--system", rule);

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(1001)]
    public void Refuses_an_impossible_number_of_repeats(int repeats)
        => Refuses(Valid with { Repeats = repeats }, $"--repeats {repeats}", "1 to 1000");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3601)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Refuses_an_impossible_duration(double seconds)
        => Refuses(Valid with { Duration = seconds }, "--duration", "more than 0");

    [Theory]
    [InlineData("/proc/natload")]
    [InlineData("/dev/null/natload")]
    public void Refuses_a_results_folder_that_cannot_be_written_to(string folder)
        => Refuses(Valid with { Out = folder }, $"--out {folder}", "cannot be written");

    [Fact]
    public void Refuses_a_natengine_that_is_not_there()
        => Refuses(Valid with { Systems = "natengine", NatEngine = "/no/such" }, "--natengine /no/such");

    [Fact]
    public void Refuses_a_processor_that_is_not_there()
        => Refuses(Valid with { Cores = "0,1,9999" }, "--cores '0,1,9999'");

    [Fact]
    public void Refuses_a_place_to_receive_that_it_does_not_know()
        => Refuses(Valid with { Receive = "elsewhere" }, "--receive 'elsewhere'", "sender, system or thread");

    [Fact]
    public void Changes_nothing_when_it_refuses()
    {
        Refuses(Valid with { Repeats = 0 }, "--repeats");

        Assert.Empty(Directory.GetFileSystemEntries(_directory.FullName));
    }

    [Fact]
    public void The_options_are_told_as_they_would_be_typed()
    {
        ComparisonOptions options = (Valid with { Duration = 0.5, Repeats = 2, Cores = "0,0,0" }).Check("compare", Now);

        Assert.Equal(
            "systems=netfilter,forward system= repeats=2 duration=0.5 full=false seed=1 cores=0,0,0 engine-cores= "
                + "receive=sender natengine-options=",
            string.Join(' ', options.ToDictionary().Select(option => $"{option.Key}={option.Value}")));
    }

    private static IReadOnlyList<SystemChoice> Chosen(RunRequest request) => request.Check("compare", Now).Systems;

    private static string[] Labels(RunRequest request) => [.. Chosen(request).Select(choice => choice.Label)];

    private static void Refuses(RunRequest request, params string[] words)
    {
        string message = Assert.Throws<BadInputException>(() => request.Check("compare", Now)).Message;
        Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', message);
    }

    private static string[] Split(string options) => options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
