using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;
using NatEngine.LoadTest.Reports.Lecture;
using NatEngine.LoadTest.Reports.Plots;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Reports.Html;

/// <summary>Writes a result as one page that needs nothing beside it: no network, no script. It opens with the
/// lecture's five claims and what was measured of each.</summary>
internal static class HtmlReport
{
    /// <summary>The file's name in the results folder.</summary>
    public const string Name = "report.html";

    private const string StyleSheet = "report.css";

    private static readonly XmlWriterSettings Format = new()
    {
        OmitXmlDeclaration = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        Indent = true,
        NewLineChars = "\n",
    };

    /// <summary>Writes the report.</summary>
    public static void Write(string directory, ComparisonResult result)
        => File.WriteAllText(Path.Combine(directory, Name), Render(result));

    /// <summary>Renders the report.</summary>
    public static string Render(ComparisonResult result)
    {
        SystemColors colors = new(result);
        XElement page = new(
            "html",
            new XAttribute("lang", "en"),
            Head(),
            new XElement(
                "body",
                Opening(result),
                new XElement(
                    "main",
                    Claims(result, colors),
                    HtmlFigures.All(result, colors),
                    HtmlSurroundings.All(result)),
                new XElement("footer", $"Written by natload; the values behind it are in {ResultFile.Name}.")));
        using StringWriter text = new(CultureInfo.InvariantCulture);
        using (XmlWriter writer = XmlWriter.Create(text, Format))
        {
            page.WriteTo(writer);
        }

        return "<!DOCTYPE html>\n" + text + "\n";
    }

    private static XElement Head() => new(
        "head",
        new XElement("meta", new XAttribute("charset", "utf-8")),
        new XElement(
            "meta",
            new XAttribute("name", "viewport"),
            new XAttribute("content", "width=device-width, initial-scale=1")),
        new XElement("title", "NatEngine: what was measured"),
        new XElement("style", Style()));

    private static XElement Opening(ComparisonResult result)
    {
        string when = result.Started.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
        double minutes = (result.Written - result.Started).TotalMinutes;
        string repeats = result.Options.GetValueOrDefault("repeats", "?");
        return new XElement(
            "header",
            new XElement("h1", "Where does a NAT really stop?"),
            new XElement(
                "p",
                $"natload {result.Command}, {when}, {ReportTable.Number(minutes)} minutes; "
                    + string.Join(", ", result.Systems.Select(system => system.Name))
                    + $", {repeats} interleaved repeat{(repeats == "1" ? "" : "s")}; commit {result.Machine.Commit}."),
            new XElement(
                "p",
                $"{result.Machine.Processor}, {result.Machine.Processors} processors, kernel {result.Machine.Kernel}."),
            Warnings(result).Select(sentence => new XElement("p", new XAttribute("class", "warning"), sentence)));
    }

    private static IEnumerable<string> Warnings(ComparisonResult result)
    {
        if (!result.Complete)
        {
            yield return "INCOMPLETE: not everything that was asked for was measured. The remarks say what, and why.";
        }

        int doubtful = result.Samples.Count(sample => sample.Remarks.Count != 0);
        if (doubtful != 0)
        {
            yield return $"{doubtful} of {result.Samples.Count} values carry a remark that makes them doubtful, such "
                + "as other load on the machine. Do not quote them; see the remarks below.";
        }
    }

    private static IEnumerable<XElement> Claims(ComparisonResult result, SystemColors colors)
    {
        LectureSentences sentences = new(result);
        yield return new XElement("h2", "The lecture’s five claims");
        int number = 0;
        foreach (LectureClaim claim in LectureClaim.All)
        {
            number++;
            yield return new XElement(
                "section",
                new XAttribute("class", "card claim"),
                new XAttribute("id", $"claim-{claim.Name}"),
                new XElement("div", new XAttribute("class", "number"), number),
                new XElement("blockquote", claim.Claim),
                new XElement("p", new XAttribute("class", "question"), claim.Question),
                new XElement(
                    "ul",
                    new XAttribute("class", "answer"),
                    sentences.Of(claim).Select(sentence => new XElement(
                        "li",
                        sentence == LectureSentences.NotMeasured ? new XAttribute("class", "missing") : null,
                        sentence))),
                Doubts(sentences.Doubts(claim)),
                HtmlFigures.For(claim, result, colors),
                More(sentences.More(claim)));
        }
    }

    private static XElement? Doubts(IReadOnlyList<string> doubts) => doubts.Count == 0
        ? null
        : new XElement("p", new XAttribute("class", "doubt"), $"! {string.Join("; ", doubts)}.");

    private static XElement? More(IReadOnlyList<string> sentences) => sentences.Count == 0
        ? null
        : new XElement(
            "details",
            new XElement("summary", "In detail"),
            new XElement("ul", new XAttribute("class", "plain"), sentences.Select(each => new XElement("li", each))));

    private static string Style()
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(StyleSheet)
            ?? throw new InvalidOperationException("The style sheet is part of the assembly.");
        using StreamReader reader = new(stream);
        return "\n" + reader.ReadToEnd();
    }
}
