using System.CommandLine;
using System.Linq;
using NatEngine.LoadTest.Comparison;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.CommandLine;

/// <summary><c>natload compare</c>: the same traffic through several systems, side by side; any measurement there is.
/// </summary>
internal static class CompareCommand
{
    private const string LecturePage = "lecture";

    private static readonly RunOptions Options = new(new RunRequest());

    private static readonly Option<string> Metrics = new("--metrics")
    {
        Description = $"What to measure, with commas: {string.Join(", ", MeasurementCatalog.Names)}; or "
            + "\"lecture\", what the page of the lecture's claims is made of.",
        DefaultValueFactory = _ => string.Join(',', MeasurementCatalog.DefaultNames),
    };

    private static readonly Option<bool> Layouts = new("--layouts")
    {
        Description = "Measure, beside the systems, natengine with every layout of its pipeline that is worth it.",
    };

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        Command command = new("compare", "Runs the same traffic through several systems and compares them.")
        {
            Metrics, Layouts,
        };
        Options.AddTo(command);
        command.SetAction(parsed => Comparing.Run(
            Request(Options.Read(parsed), parsed.GetValue(Layouts)),
            options => Plan(parsed.GetRequiredValue(Metrics), options)));
        return command;
    }

    /// <summary>Adds the layouts to the systems if they are asked for.</summary>
    internal static RunRequest Request(RunRequest typed, bool layouts)
        => layouts ? typed with { Defined = [.. typed.Defined, .. LayoutChoices.Definitions] } : typed;

    /// <summary>Makes the measurements that were asked for, in the catalog's order.</summary>
    /// <exception cref="BadInputException">There is no such, or one twice.</exception>
    internal static ComparisonPlan Plan(string metrics, MeasurementOptions options)
    {
        string[] names = metrics == LecturePage
            ? [.. MeasurementCatalog.LectureNames]
            : metrics.Split(',', System.StringSplitOptions.TrimEntries);
        string? unknown = names.FirstOrDefault(name => !MeasurementCatalog.Names.Contains(name));
        if (unknown is not null)
        {
            throw new BadInputException(
                $"--metrics '{unknown}': must be of {string.Join(", ", MeasurementCatalog.Names)}.");
        }

        if (names.Distinct().Count() != names.Length)
        {
            throw new BadInputException($"--metrics {metrics}: each at most once.");
        }

        string[] ordered = [.. MeasurementCatalog.Names.Where(names.Contains)];
        return new ComparisonPlan("compare", [.. ordered.Select(name => MeasurementCatalog.Create(name, options))])
        {
            OwnOptions = new System.Collections.Generic.Dictionary<string, string>
            {
                ["metrics"] = string.Join(',', ordered),
            },
        };
    }
}
