using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;

namespace NatEngine.Benchmarks.Compare;

/// <summary>The command line: what is compared, with what, and how strictly.</summary>
internal static class CompareCommand
{
    /// <summary>Nothing got worse.</summary>
    public const int Fine = 0;

    /// <summary>Something got worse.</summary>
    public const int Worse = 1;

    /// <summary>The arguments, or the files that they name, make no sense.</summary>
    public const int Unusable = 2;

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        Argument<string> baseline = new("baseline") { Description = "A file or folder of results to compare with" };
        Argument<string> results = new("results") { Description = "A file or folder of results" };
        Option<double> threshold = new("--threshold")
        {
            Description = "How many percent longer is still the same, beyond the margins of error",
            DefaultValueFactory = _ => 10,
        };
        Option<bool> least = new("--least") { Description = "Compare shortest iterations instead of medians" };
        Option<bool> all = new("--all") { Description = "Show what is the same, too" };
        RootCommand root = new("Compares two sets of BenchmarkDotNet's results.")
        {
            baseline, results, threshold, least, all,
        };
        threshold.Validators.Add(given =>
        {
            if (given.Tokens.Count > 0
                && double.TryParse(given.Tokens[0].Value, CultureInfo.InvariantCulture, out double percent)
                && percent is not (>= 0 and <= 1000))
            {
                given.AddError($"--threshold {given.Tokens[0].Value}: must be between 0 and 1000 (percent).");
            }
        });
        root.SetAction(given => Compare(
            given.GetRequiredValue(baseline), given.GetRequiredValue(results), given.GetValue(threshold) / 100,
            given.GetValue(least), given.GetValue(all), output, errors));
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            errors.WriteLine(string.Join(Environment.NewLine, parsed.Errors.Select(error => error.Message)));
            return Unusable;
        }

        return parsed.Invoke(new InvocationConfiguration { Output = output, Error = errors });
    }

    private static int Compare(
        string baseline, string results, double threshold, bool byLeast, bool all, TextWriter output,
        TextWriter errors)
    {
        Comparison comparison;
        try
        {
            comparison = new Comparison(
                ResultFolder.Read(baseline), ResultFolder.Read(results), threshold, byLeast);
        }
        catch (InvalidDataException error)
        {
            errors.WriteLine(error.Message);
            return Unusable;
        }

        if (comparison.HasNothingInCommon)
        {
            errors.WriteLine($"{baseline} and {results} have no benchmark in common.");
            return Unusable;
        }

        Write(comparison, byLeast, all, output);
        return comparison.HasRegressions ? Worse : Fine;
    }

    private static void Write(Comparison comparison, bool byLeast, bool all, TextWriter output)
    {
        output.WriteLine($"| | benchmark | baseline, ns ({(byLeast ? "least" : "median")}) | now | × | octets |");
        output.WriteLine("|---|---|---:|---:|---:|---:|");
        foreach (ComparisonLine line in comparison.Lines.Where(line => all || line.Outcome != Outcome.Same))
        {
            output.WriteLine(line.ToRow());
        }

        output.WriteLine();
        output.WriteLine(string.Join(", ", comparison.Lines
            .GroupBy(line => line.Outcome)
            .OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {NameOf(group.Key)}")));
    }

    private static string NameOf(Outcome outcome) => outcome switch
    {
        Outcome.Same => "the same",
        Outcome.AllocatesMore => "allocating more",
        Outcome.Faster => "faster",
        Outcome.Slower => "slower",
        Outcome.Missing => "missing",
        _ => "new",
    };
}
