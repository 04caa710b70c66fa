using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace NatEngine.Conformance.Tests;

/// <summary>What a run of <c>natengine selftest -o json</c> left behind.</summary>
internal sealed record SelftestOutcome(int ExitCode, string Error, IReadOnlyDictionary<string, string> Verdicts)
{
    /// <summary>Runs it.</summary>
    public static async Task<SelftestOutcome> RunAsync(params string[] options)
    {
        (int exitCode, string output, string error) = await NatEngineProgram.RunAsync(
            ["selftest", "-o", "json", .. options]);
        using JsonDocument report = JsonDocument.Parse(output.Length == 0 ? "{\"requirements\":[]}" : output);
        Dictionary<string, string> verdicts = report.RootElement.GetProperty("requirements").EnumerateArray()
            .ToDictionary(
                one => $"{one.GetProperty("rfc")} {one.GetProperty("requirement")} {one.GetProperty("title")}",
                one => $"{one.GetProperty("natengine").GetProperty("verdict")} "
                    + $"{one.GetProperty("natengine").GetProperty("detail")}");
        return new SelftestOutcome(exitCode, error, verdicts);
    }

    /// <summary>The requirements with a verdict, each with its detail.</summary>
    public IReadOnlyList<string> With(string verdict)
        => [.. Verdicts.Where(one => one.Value.StartsWith(verdict, System.StringComparison.Ordinal))
            .Select(one => $"{one.Key}: {one.Value}")];

    /// <summary>The verdict on the first requirement whose name begins so.</summary>
    public string Of(string requirement)
        => Verdicts.First(one => one.Key.StartsWith(requirement + " ", System.StringComparison.Ordinal)).Value;
}
