using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NatEngine.LoadTest.Reports.Html;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Tests.Reports;

/// <summary>The report as a browser shows it. The pictures stay in the folder <c>report</c> beside the tests, for a
/// person to look at.</summary>
public sealed class BrowserTests
{
    private const int FewestPixels = 300;

    private static readonly string Folder = Directory.CreateDirectory(
        Path.Combine(AppContext.BaseDirectory, "report")).FullName;

    private readonly ComparisonResult _result = LectureExample.Create();

    [BrowserFact]
    public void A_browser_finds_every_plot_in_the_page()
    {
        string document = Chromium.Document(Write());

        foreach (string curve in _result.CurveSummaries.Select(each => each.Curve.Name).Distinct())
        {
            string plot = Regex.Match(document, $"data-curve=\"{curve}\".*?</figure>", RegexOptions.Singleline).Value;
            Assert.Equal(_result.Systems.Count, Regex.Count(plot, "<polyline class=\"line c"));
        }

        string bars = Regex.Match(document, "data-figure=\"udp-200-pps\".*?</figure>", RegexOptions.Singleline).Value;
        Assert.Equal(_result.Systems.Count + 1, Regex.Count(bars, "<rect class=\"bar")); // and the generator
    }

    [BrowserFact]
    public void It_is_shown_in_the_systems_colours_and_without_a_complaint()
    {
        string picture = Path.Combine(Folder, "light.png");

        string complaints = Chromium.Photograph(Write(), picture, dark: false);

        Assert.DoesNotContain("CONSOLE", complaints, StringComparison.Ordinal);
        Shows(picture, paper: 0xf6f7f9, 0x2457c5, 0xd9730d, 0x0b8a9c);
    }

    [BrowserFact]
    public void It_is_dark_where_the_reader_wants_it_dark()
    {
        string picture = Path.Combine(Folder, "dark.png");

        Chromium.Photograph(Write(), picture, dark: true);

        Shows(picture, paper: 0x10141b, 0x7aa5ff, 0xff9f4a, 0x4fc9d9);
    }

    private static void Shows(string picture, int paper, params int[] colors)
    {
        Dictionary<int, int> shown = Picture.Colors(File.ReadAllBytes(picture));

        Assert.True(shown.GetValueOrDefault(paper) > FewestPixels, "the page's own colour is not there");
        Assert.All(colors, color => Assert.True(
            shown.GetValueOrDefault(color) > FewestPixels,
            $"#{color:x6} is there {shown.GetValueOrDefault(color)} times"));
    }

    private string Write()
    {
        HtmlReport.Write(Folder, _result);
        return Path.Combine(Folder, HtmlReport.Name);
    }
}
