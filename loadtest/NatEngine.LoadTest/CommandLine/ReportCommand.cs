using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using NatEngine.LoadTest.Reports;
using NatEngine.LoadTest.Reports.Differences;
using NatEngine.LoadTest.Reports.Html;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.CommandLine;

/// <summary><c>natload report</c>: writes the reports of a result anew, or compares two results.</summary>
internal static class ReportCommand
{
    private const double DefaultThreshold = 0.05;

    private static readonly Argument<string> First = new("A")
    {
        Description = "Folder of a result.",
    };

    private static readonly Argument<string?> Second = new("B")
    {
        Description = "Folder of another, to be compared with the first: what was A, is B.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<double> Threshold = new("--threshold")
    {
        Description = "Difference of medians that is of note, such as 5% [5%].",
        DefaultValueFactory = _ => DefaultThreshold,
        CustomParser = ParsePart,
    };

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        Command command = new(
            "report", "Compares two results, and ends with 1 if anything got worse. With one: writes its reports anew.")
        {
            First, Second, Threshold,
        };
        command.SetAction(parsed => parsed.GetValue(Second) is { } second
            ? Compare(parsed.GetRequiredValue(First), second, parsed.GetRequiredValue(Threshold))
            : Rewrite(parsed.GetRequiredValue(First)));
        return command;
    }

    private static int Compare(string first, string second, double threshold)
    {
        ResultDifference difference = ResultDifference.Of(
            ResultFile.Read(first), ResultFile.Read(second), threshold);
        DifferenceReport.Show(Terminal.Open(), difference);
        return difference.HasRegression ? ExitCode.Regression : ExitCode.Complete;
    }

    private static int Rewrite(string folder)
    {
        ComparisonResult result = ResultFile.Read(folder);
        try
        {
            MarkdownReport.Write(folder, result);
            HtmlReport.Write(folder, result);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{folder}: cannot be written to: {refused.Message}");
        }

        Console.WriteLine($"Report: {Path.Combine(folder, HtmlReport.Name)}");
        return ExitCode.Complete;
    }

    // "5%", "5 %" or "0.05".
    private static double ParsePart(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        bool percent = text.EndsWith('%');
        bool understood = double.TryParse(
            text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        value = percent ? value / 100 : value;
        if (!understood || value is not (>= 0 and < 1))
        {
            argument.AddError($"--threshold '{text}': must be a part such as 5% or 0.05, and less than 100%.");
        }

        return value;
    }
}
