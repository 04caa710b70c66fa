using System;
using System.IO;
using System.Text.Json;
using NatEngine.LoadTest.Results;
using static NatEngine.LoadTest.Tests.Results.Examples;

namespace NatEngine.LoadTest.Tests.Results;

public sealed class ResultFileTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("natload-tests-");

    private string Folder => _directory.FullName;

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void What_is_written_is_read_again()
    {
        ComparisonResult written = Result(
            [
                Sample("natengine", 1, 512_345.25, Rate, "other load"), Sample("netfilter", 1, 250_000),
                Sample("natengine", 1, 90, Delay), Sample("generator", 1, 550_000),
            ],
            complete: false,
            failures: new Failure("natengine", 2, "tcp", "It died:\n\"quoted\""));

        ResultFile.Write(Folder, written);
        ComparisonResult read = ResultFile.Read(Folder);

        // Records hold lists, which are equal only if they are the same: compare what they say.
        Assert.Equal(JsonSerializer.Serialize(written), JsonSerializer.Serialize(read));
    }

    [Fact]
    public void A_later_result_replaces_an_earlier_one_and_leaves_nothing_beside_it()
    {
        ResultFile.Write(Folder, Result([], complete: false));
        ResultFile.Write(Folder, Result([], complete: true));

        Assert.True(ResultFile.Read(Folder).Complete);
        Assert.Single(_directory.GetFiles());
    }

    [Fact]
    public void Refuses_a_result_of_another_schema()
    {
        ResultFile.Write(Folder, Result([]) with { Schema = "natload-result/99" });

        Assert.Contains("natload-result/99", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_what_is_no_result()
    {
        string path = Path.Combine(Folder, ResultFile.Name);
        File.WriteAllText(path, "{ \"schema\": ");
        Assert.Contains(path, Refusal(), StringComparison.Ordinal);

        File.WriteAllText(path, "{ \"schema\": \"natload-result/2\", \"surprise\": 1 }");
        Assert.Contains("surprise", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_there_is_no_result() => Assert.Contains(ResultFile.Name, Refusal(), StringComparison.Ordinal);

    private string Refusal() => Assert.Throws<BadInputException>(() => ResultFile.Read(Folder)).Message;
}
