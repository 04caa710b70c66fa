using System;
using System.IO;
using NatEngine.LoadTest.Results;
using NatEngine.LoadTest.Tests.Comparison;
using static NatEngine.LoadTest.Tests.Results.Examples;

namespace NatEngine.LoadTest.Tests.CommandLine;

public sealed class ReportCommandTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("natload-tests-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Ends_with_1_if_anything_got_worse_and_with_0_if_not()
    {
        string before = Keep("a", 100);
        string after = Keep("b", 92);

        (int exitCode, string output, _) = NatLoadProcess.Run("report", before, after, "--threshold", "5%");
        Assert.Equal(ExitCode.Regression, exitCode);
        Assert.Contains("worse", output, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Complete, NatLoadProcess.Run("report", before, after, "--threshold", "0.1").ExitCode);
        Assert.Equal(ExitCode.Complete, NatLoadProcess.Run("report", after, before).ExitCode);
    }

    [Fact]
    public void One_result_alone_has_its_reports_written_anew()
    {
        string folder = Keep("a", 100);

        (int exitCode, string output, _) = NatLoadProcess.Run("report", folder);

        Assert.Equal(ExitCode.Complete, exitCode);
        Assert.Contains("report.html", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "report.html")));
        Assert.True(File.Exists(Path.Combine(folder, "report.md")));
    }

    [Theory]
    [InlineData("--threshold", "many", "'many'")]
    [InlineData("--threshold", "-1%", "'-1%'")]
    [InlineData("--threshold", "100%", "less than 100%")]
    [InlineData("nowhere", "", "nowhere")]
    public void Bad_input_says_what_and_why(string first, string second, string said)
    {
        string folder = Keep("a", 100);
        string[] arguments = second.Length == 0 ? ["report", folder, first] : ["report", folder, folder, first, second];

        (int exitCode, _, string error) = NatLoadProcess.Run(arguments);

        Assert.Equal(ExitCode.BadInput, exitCode);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    private string Keep(string name, double value)
    {
        string folder = _directory.CreateSubdirectory(name).FullName;
        ResultFile.Write(folder, Result([Sample("natengine", 1, value), Sample("natengine", 2, value + 1)]));
        return folder;
    }
}
