using System;
using System.IO;
using NatEngine.LoadTest.Results;
using NatEngine.LoadTest.Tests.Reports;

namespace NatEngine.LoadTest.Tests.Results;

public sealed class ResultSchemaTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("natload-tests-");

    private string Written => Path.Combine(_directory.FullName, ResultFile.Name);

    public void Dispose() => _directory.Delete(recursive: true);

    [ValidatorFact]
    public void What_is_written_is_what_the_schema_says()
    {
        ResultFile.Write(_directory.FullName, LectureExample.Create() with
        {
            Baseline = null,
            Complete = false,
            Failures = [new Failure("natengine", 1, "set up", "It died.")],
        });

        Assert.Null(ResultSchema.Complaint(Written));
    }

    [ValidatorFact]
    public void What_the_schema_does_not_know_is_refused()
    {
        ResultFile.Write(_directory.FullName, LectureExample.Create());
        string text = File.ReadAllText(Written);

        File.WriteAllText(Written, text.Replace("\"generatorLimited\"", "\"limited\"", StringComparison.Ordinal));
        Assert.Contains("limited", ResultSchema.Complaint(Written), StringComparison.Ordinal);

        File.WriteAllText(Written, text.Replace("natload-result/2", "natload-result/1", StringComparison.Ordinal));
        Assert.Contains("natload-result/1", ResultSchema.Complaint(Written), StringComparison.Ordinal);
    }
}
