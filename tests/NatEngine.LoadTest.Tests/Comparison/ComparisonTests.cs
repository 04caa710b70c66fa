using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NatEngine.Lab;
using NatEngine.LoadTest.Results;
using NatEngine.LoadTest.Tests.Results;

namespace NatEngine.LoadTest.Tests.Comparison;

/// <summary>Whole runs, with real networks and real traffic.</summary>
public sealed class ComparisonTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("natload-tests-");

    private string Folder => _directory.FullName;

    public void Dispose() => _directory.Delete(recursive: true);

    [RootFact]
    public void Compares_masquerade_forwarding_and_the_wire()
    {
        (int exitCode, string output, string error) = NatLoadProcess.Run(
            "compare", "--systems", "netfilter,forward,wire", "--repeats", "1", "--duration", "0.3", "--out", Folder);

        Assert.True(exitCode == ExitCode.Complete, output + error);
        ComparisonResult result = ResultFile.Read(Folder);
        Assert.True(result.Complete);
        Assert.Empty(result.Failures);
        Assert.All(result.Samples, sample => Assert.True(sample.Value > 0, $"{sample.System} {sample.Figure}"));
        Assert.Equal(4 * result.Figures.Count, result.Samples.Count);
        Assert.Contains("tcp-bps", result.Figures.Select(figure => figure.Name));
        Assert.Contains("× ", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Folder, "report.md")));
        Assert.True(File.Exists(Path.Combine(Folder, "report.html")));
        ResultSchema.Accepts(Path.Combine(Folder, ResultFile.Name));
    }

    [RootFact]
    public void Masquerade_remembers_as_many_sessions_as_there_are_flows()
    {
        NatLoadProcess.Run(
            "compare", "--systems", "netfilter", "--metrics", "udp-200", "--repeats", "1", "--duration", "0.3",
            "--out", Folder);

        // 200 flows to the port that checks them, and 200 to the one that counts them.
        Sample sample = ResultFile.Read(Folder).Samples.First(each => each.System == "netfilter");
        Assert.InRange(sample.Details["sessions"], 400, 420);
    }

    [RootFact]
    public void A_system_that_dies_is_told_of_and_the_others_are_measured()
    {
        (int exitCode, string output, _) = NatLoadProcess.Run(
            "compare", "--systems", "natengine,netfilter", "--metrics", "ping", "--repeats", "1", "--duration", "0.1",
            "--natengine", "/bin/false", "--out", Folder);

        Assert.Equal(ExitCode.Incomplete, exitCode);
        ComparisonResult result = ResultFile.Read(Folder);
        Assert.False(result.Complete);
        Failure failure = Assert.Single(result.Failures);
        Assert.Equal("natengine", failure.System);
        Assert.Contains("exit code 1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("netfilter", result.Samples.Select(sample => sample.System));
        Assert.Contains("INCOMPLETE", output, StringComparison.Ordinal);
    }

    [RootTheory]
    [InlineData(ProgramSignal.Interrupt, ExitCode.Interrupted)]
    [InlineData(ProgramSignal.Terminate, ExitCode.Terminated)]
    public void An_interrupted_run_keeps_what_it_has_and_leaves_nothing(ProgramSignal signal, int expected)
    {
        using NatLoadProcess natload = StartLongRun();
        IReadOnlyList<string> namespaces = natload.Namespaces;
        Assert.NotEmpty(namespaces);

        Assert.Equal(expected, natload.End(signal));

        Assert.Empty(natload.Namespaces);
        Assert.Empty(NatLoadProcess.ProgramsLeftIn(namespaces));
        ComparisonResult result = ResultFile.Read(Folder);
        Assert.False(result.Complete);
        Assert.NotEmpty(result.Samples);
        Assert.Empty(result.Failures); // what broke when the network was taken away is no finding
    }

    [RootFact]
    public void A_killed_run_keeps_what_it_had_and_is_tidied_up_after()
    {
        using NatLoadProcess natload = StartLongRun();
        IReadOnlyList<string> namespaces = natload.Namespaces;

        natload.End(ProgramSignal.Kill);

        Assert.Empty(NatLoadProcess.ProgramsLeftIn(namespaces));
        Assert.Equal(ExitCode.Complete, NatLoadProcess.Run("clean").ExitCode);
        Assert.Empty(natload.Namespaces);
        Assert.False(ResultFile.Read(Folder).Complete);
    }

    [Theory]
    [InlineData("compare", "--systems", "iptables")]
    [InlineData("compare", "--repeats", "none")]
    [InlineData("compare", "--surprise")]
    [InlineData("survey")]
    [InlineData("flood", "--interface", "eth0")]
    public void Bad_input_has_an_exit_code_of_its_own(params string[] arguments)
    {
        (int exitCode, _, string error) = NatLoadProcess.Run(arguments);

        Assert.Equal(ExitCode.BadInput, exitCode);
        Assert.NotEmpty(error);
    }

    [RootFact]
    public void An_interface_that_is_not_there_is_no_bad_input_but_a_machine_that_lacks_it()
    {
        (int exitCode, _, string error) = NatLoadProcess.Run(
            "flood", "--interface", "nel-none0", "--next-hop", "02:00:00:00:00:01", "--station", "02:00:00:00:00:02",
            "--first-client", "100.64.16.1", "--destination", "198.51.100.20", "--port", "9");

        Assert.Equal(ExitCode.Unable, exitCode);
        Assert.Contains("nel-none0", error, StringComparison.Ordinal);
    }

    private NatLoadProcess StartLongRun()
    {
        // Until the first system has been measured and the second is being.
        NatLoadProcess natload = NatLoadProcess.Start(
            "compare", "--systems", "netfilter", "--metrics", "tcp,ping", "--repeats", "100", "--duration", "1",
            "--out", Folder);
        natload.WaitFor("netfilter (1 of 100)");
        natload.WaitFor("TCP");
        return natload;
    }
}
