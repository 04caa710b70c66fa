using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using NatEngine.LoadTest.Results;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Reports.Plots;

/// <summary>Gives each system a colour that is its own in every plot of a report: a class of the style sheet.</summary>
internal sealed class SystemColors
{
    // The first of each kind has the kind's colour in every report; variants have what is left.
    private static readonly Dictionary<string, string> OfKinds = new()
    {
        [NatEngineSystem.SystemName] = "c0",
        [NetfilterSystem.SystemName] = "c1",
        [ForwardSystem.SystemName] = "c2",
        [WireSystem.SystemName] = "c3",
        [ExternalSystem.SystemName] = "c4",
    };

    private static readonly string[] OfVariants = ["c5", "c6", "c7", "c4", "c3", "c2"];

    private readonly Dictionary<string, string> _classes = [];

    /// <summary>Colours the systems of a result.</summary>
    public SystemColors(ComparisonResult result)
    {
        HashSet<string> taken = [];
        foreach (SystemDescription system in result.Systems.DistinctBy(each => each.Kind))
        {
            _classes[system.Name] = OfKinds.GetValueOrDefault(system.Kind, OfVariants[0]);
            taken.Add(_classes[system.Name]);
        }

        string[] left = [.. OfVariants.Where(color => !taken.Contains(color))];
        string[] variants = [.. result.Systems.Select(each => each.Name).Where(name => !_classes.ContainsKey(name))];
        for (int index = 0; index < variants.Length; index++)
        {
            _classes[variants[index]] = left[index % left.Length];
        }

        _classes[Summarizing.Ceiling] = "generator";
        Systems = [.. result.Systems.Select(each => each.Name), Summarizing.Ceiling];
    }

    /// <summary>All systems, in the order of legends.</summary>
    public IReadOnlyList<string> Systems { get; }

    /// <summary>The class of a system's elements.</summary>
    public string Of(string system) => _classes.GetValueOrDefault(system, "generator");

    /// <summary>The legend of a plot that shows certain systems.</summary>
    public XElement Legend(IEnumerable<string> shown)
    {
        HashSet<string> wanted = [.. shown];
        return new XElement(
            "p",
            new XAttribute("class", "legend"),
            Systems.Where(wanted.Contains).Select(system => new XElement(
                "span",
                new XElement("i", new XAttribute("class", $"swatch {Of(system)}"), string.Empty),
                system)));
    }
}
