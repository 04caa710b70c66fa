using System;

namespace NatEngine.Architecture.Tests;

public sealed class ForbiddenApiTests
{
    public static TheoryData<string> Projects => [.. ForbiddenApi.ByProject.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Projects_keep_away_from_what_they_must_not_use(string project)
        => Assert.Empty(ForbiddenApi.Violations(Repository.Assembly(project), ForbiddenApi.ByProject[project]));

    // This assembly does each of these, in Forbidden.
    [Theory]
    [InlineData("System.DateTime.get_UtcNow")]
    [InlineData("System.Environment.get_TickCount64")]
    [InlineData("System.Diagnostics.Stopwatch.GetTimestamp")]
    [InlineData("System.Threading.Monitor.Enter")]
    [InlineData("System.Runtime.CompilerServices.IAsyncStateMachine")]
    [InlineData("System.IO.File.Exists")]
    [InlineData("System.Console.WriteLine")]
    [InlineData("System.Random.get_Shared")]
    public void What_must_not_be_used_is_found_where_it_is(string expected)
    {
        Assert.NotNull((Action)Forbidden.Use); // Keeps the sample in the assembly.

        Assert.Contains(
            expected,
            ForbiddenApi.Violations(
                typeof(Forbidden).Assembly.Location, ForbiddenApi.ByProject["NatEngine.Translation"]));
    }

    [Fact]
    public void What_may_be_used_is_not_reported()
    {
        string[] violations = [.. ForbiddenApi.Violations(
            typeof(Forbidden).Assembly.Location, ForbiddenApi.ByProject["NatEngine.Translation"])];

        Assert.DoesNotContain("System.TimeSpan", violations);
        Assert.DoesNotContain("System.Random", violations);
        Assert.DoesNotContain("System.Environment.get_NewLine", violations);
    }
}
