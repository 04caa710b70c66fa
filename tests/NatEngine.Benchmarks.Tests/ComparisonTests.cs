using System;
using System.Globalization;
using System.IO;
using NatEngine.Benchmarks.Compare;

namespace NatEngine.Benchmarks.Tests;

public sealed class ComparisonTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("natengine-compare-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    [Fact]
    public void Results_are_the_same_as_themselves()
    {
        string file = Write("a", Result("Hash", 10, margin: 1));
        Assert.Equal(0, Compare(file, file));
        Assert.Contains("1 the same", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Slower_by_more_than_threshold_and_noise_is_a_regression_named_with_its_numbers()
    {
        string before = Write("a", Result("Hash", 100, margin: 2), Result("Reply", 50));
        string after = Write("b", Result("Hash", 115, margin: 2), Result("Reply", 50));
        Assert.Equal(1, Compare(before, after));
        Assert.Contains("| SLOWER | Hash | 100.0 | 115.0 | 1.15 | 0 |", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Reply", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(109, 0, 0)] // within the threshold
    [InlineData(113, 2, 2)] // beyond it, but not beyond what chance explains
    [InlineData(113.9, 0, 4)]
    public void Slower_within_threshold_and_noise_is_the_same(double time, double marginBefore, double marginAfter)
        => Assert.Equal(
            0,
            Compare(
                Write("a", Result("Hash", 100, marginBefore)), Write("b", Result("Hash", time, marginAfter))));

    [Fact]
    public void The_threshold_can_be_chosen()
    {
        string before = Write("a", Result("Hash", 100));
        string after = Write("b", Result("Hash", 115));
        Assert.Equal(0, Compare(before, after, "--threshold", "20"));
        Assert.Equal(1, Compare(before, after, "--threshold", "5"));
        Assert.Equal(2, Compare(before, after, "--threshold", "-5"));
        Assert.Equal(2, Compare(before, after, "--threshold", "much"));
    }

    [Fact]
    public void Faster_is_said_and_no_regression()
    {
        Assert.Equal(0, Compare(Write("a", Result("Hash", 100)), Write("b", Result("Hash", 50))));
        Assert.Contains("| faster | Hash |", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_octet_more_is_a_regression_however_fast()
    {
        string before = Write("a", Result("Hash", 100));
        string after = Write("b", Result("Hash", 50, allocated: 1));
        Assert.Equal(1, Compare(before, after, "--threshold", "1000"));
        Assert.Contains("| ALLOCATES MORE | Hash |", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("0 → 1", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_shortest_iterations_can_be_compared_instead()
    {
        string before = Write("a", Result("Hash", 100, least: 80));
        string after = Write("b", Result("Hash", 200, margin: 50, least: 81));
        Assert.Equal(1, Compare(before, after));
        Assert.Equal(0, Compare(before, after, "--least"));
    }

    [Fact]
    public void What_only_one_has_is_said()
    {
        string before = Write("a", Result("Hash", 100), Result("Old", 1));
        string after = Write("b", Result("Hash", 100), Result("Young", 2));
        Assert.Equal(0, Compare(before, after));
        Assert.Contains("| missing | Old | 1.0 | - |", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("| new | Young | - | 2.0 |", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_are_read_with_all_files_in_them()
    {
        string inner = Directory.CreateDirectory(Path.Combine(_folder, "c", "results")).FullName;
        File.Copy(Write("a", Result("Hash", 100)), Path.Combine(inner, "a.json"));
        File.Copy(Write("b", Result("Reply", 100)), Path.Combine(inner, "b.json"));
        Assert.Equal(0, Compare(Path.Combine(_folder, "c"), inner, "--all"));
        Assert.Contains("2 the same", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"Benchmarks\":[{\"FullName\":\"Hash\"}]}")]
    public void Refuses_a_file_that_holds_something_else_by_its_name(string text)
    {
        string file = Path.Combine(_folder, "other.json");
        File.WriteAllText(file, text);
        Assert.Equal(2, Compare(file, file));
        Assert.Contains(file, _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_what_is_not_there_is_empty_or_has_nothing_in_common()
    {
        string file = Write("a", Result("Hash", 100));
        string nowhere = Path.Combine(_folder, "nowhere.json");
        Assert.Equal(2, Compare(nowhere, file));
        Assert.Contains(nowhere, _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, Compare(Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName, file));
        Assert.Equal(2, Compare(Write("b", Result("Reply", 100)), file));
        Assert.Contains("no benchmark in common", _errors.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Result(string name, double time, double margin = 0, long allocated = 0, double least = 0)
        => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"FullName":"{{name}}","Statistics":{"Median":{{time}},"Mean":{{time}},"Min":{{least}},
              "ConfidenceInterval":{ "Margin": {{margin}} } },
              "Memory":{ "BytesAllocatedPerOperation": {{allocated}} } }
            """);

    private string Write(string name, params string[] results)
    {
        string file = Path.Combine(_folder, name + ".json");
        File.WriteAllText(file, $$"""{"Title":"t","Benchmarks":[{{string.Join(',', results)}}] }""");
        return file;
    }

    private int Compare(params string[] args) => CompareCommand.Run(args, _output, _errors);
}
