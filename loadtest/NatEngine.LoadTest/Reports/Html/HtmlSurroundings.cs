using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Reports.Html;

/// <summary>What a reader needs to judge the figures: remarks, findings, method, machine, and how to do it again.
/// </summary>
internal static class HtmlSurroundings
{
    private static readonly string[] Method =
    [
        "Each system has its turn in a network of its own, made of network namespaces that are joined by virtual "
            + "cables: an inside host, the gateway with the system in it, a remote host. Topology, addresses, "
            + "offloads and processors are the same for all.",
        "Repeat by repeat all systems take their turns in rotating order, so that a machine that slows down slows down "
            + "for all. Values are medians with the lowest and the highest; ratios are taken within a repeat.",
        "The column “generator” is the two ends cabled together: what the generator and the sink can do. A rate within "
            + "10 % of it carries a †: it may be the generator’s limit and not the system’s. Packets that could not be "
            + "sent count as lost.",
        "Before each measurement the system forgets its sessions. docs/benchmarking.md says how each figure is "
            + "measured, and how it may mislead.",
    ];

    /// <summary>All of it.</summary>
    public static IEnumerable<XElement> All(ComparisonResult result)
    {
        yield return new XElement("h2", "Remarks");
        IReadOnlyList<string> remarks = Remarks.Of(result);
        yield return Card(remarks.Count == 0 ? new XElement("p", "None: the run was undisturbed.") : List(remarks));
        if (result.Findings.Count != 0)
        {
            yield return new XElement("h2", "What was found out");
            yield return Card(List(Remarks.FindingsOf(result)));
        }

        yield return new XElement("h2", "Method");
        yield return Card(List(Method));
        yield return new XElement("h2", "Do it again");
        yield return Card(
            new XElement("pre", Reproduction.CommandLine(result)),
            new XElement(
                "p",
                new XAttribute("class", "note"),
                "Random numbers were made from the seed, which is one more in each repeat: the same seed is the same "
                    + "traffic."));
        yield return new XElement("h2", "Machine");
        yield return Card(new XElement("dl", Reproduction.Machine(result.Machine).SelectMany(
            each => new[] { new XElement("dt", each.Name), new XElement("dd", each.Value) })));
    }

    private static XElement Card(params object[] content)
        => new("section", new XAttribute("class", "card"), content);

    private static XElement List(IEnumerable<string> sentences)
        => new("ul", new XAttribute("class", "plain"), sentences.Select(sentence => new XElement("li", sentence)));
}
