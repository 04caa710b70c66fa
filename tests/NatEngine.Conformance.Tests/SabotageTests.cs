using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace NatEngine.Conformance.Tests;

/// <summary>What natengine selftest says when all is not well, and what it leaves behind.</summary>
public sealed class SabotageTests
{
    // Everything that is off by default, in addresses that are not the lab's.
    private const string Everything = """
        {
          "internal": { "prefixes": ["10.0.0.0/8"], "untranslatedDestinations": ["192.0.2.128/25"] },
          "external": { "interface": "ppp0", "addresses": ["192.0.2.10-192.0.2.13"], "ports": "1-65535" },
          "publish": ["tcp:8080=10.0.0.5:80"],
          "behavior": { "preset": "cgn", "preserveRangeClass": true },
          "subscribers": { "maxSessions": 2000, "maxPorts": 1000, "newSessionsPerSecond": 500 },
          "sessions": { "tcpWindows": "strict" },
          "timers": { "byPort": ["udp:53=10"] }
        }
        """;

    [RootFact]
    public async Task Without_the_guard_the_kernel_answers_strangers_and_the_selftest_says_so()
    {
        SelftestOutcome outcome = await SelftestOutcome.RunAsync("--no-guard");

        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith("failed an answer to the SYN", outcome.Of("5382 REQ-4"), StringComparison.Ordinal);
        Assert.StartsWith("met", outcome.Of("4787 REQ-1"), StringComparison.Ordinal);
    }

    [RootFact]
    public async Task What_a_file_turns_on_is_claimed_and_met()
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, Everything);
            SelftestOutcome outcome = await SelftestOutcome.RunAsync("--config", path);

            Assert.Empty(outcome.With("failed"));
            Assert.Equal(0, outcome.ExitCode);
            Assert.All(
                [
                    "4787 REQ-2", "4787 REQ-3a", "4787 REQ-5a", "6888 REQ-4", "6888 REQ-4B", "6888 REQ-5",
                    "6888 REQ-6", "6888 REQ-7", "6888 REQ-8",
                ],
                requirement => Assert.StartsWith("met", outcome.Of(requirement), StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Bad_settings_are_refused_as_by_run()
    {
        SelftestOutcome outcome = await SelftestOutcome.RunAsync("--preset", "nonsense");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("--preset: preset 'nonsense': must be one of", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Verdicts);
    }

    [RootFact]
    public async Task Interrupted_it_leaves_nothing_behind()
    {
        using Process process = NatEngineProgram.Start("selftest");
        string own = $"nel-{process.Id}.";
        Stopwatch watch = Stopwatch.StartNew();
        while (Left(own).Count == 0 && watch.Elapsed < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(50);
        }

        Assert.NotEmpty(Left(own));
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        (int exitCode, string output, string error) = await NatEngineProgram.FinishAsync(process);

        Assert.Equal((130, string.Empty), (exitCode, output));
        Assert.Contains("interrupted", error, StringComparison.Ordinal);
        Assert.Empty(Left(own));
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), $"natengine-selftest-{process.Id}-*"));
    }

    private static List<string> Left(string prefix)
        => Directory.Exists("/run/netns") ? [.. Directory.GetFiles("/run/netns", prefix + "*")] : [];
}
