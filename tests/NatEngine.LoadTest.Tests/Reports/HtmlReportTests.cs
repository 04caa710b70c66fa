using System;
using System.Linq;
using System.Xml.Linq;
using NatEngine.LoadTest.Reports.Html;
using NatEngine.LoadTest.Reports.Lecture;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Tests.Reports;

public sealed class HtmlReportTests
{
    private static readonly XElement Page = Parse(LectureExample.Create());

    [Fact]
    public void Opens_with_the_five_claims_each_answered_in_a_sentence_and_a_plot()
    {
        XElement[] claims = [.. Page.Descendants("section").Where(each => HasClass(each, "claim"))];

        Assert.Equal(
            LectureClaim.All.Select(claim => claim.Claim), claims.Select(claim => claim.Element("blockquote")!.Value));
        Assert.All(claims, claim =>
        {
            Assert.NotEmpty(claim.Descendants("figure"));
            Assert.NotEmpty(claim.Descendants("li"));
            Assert.DoesNotContain(LectureSentences.NotMeasured, claim.Value, StringComparison.Ordinal);
        });
        Assert.Same(Page.Descendants("h2").First().ElementsAfterSelf().First(), claims[0]);
    }

    [Theory]
    [InlineData("remember", "natengine 0.800 M packets/s, netfilter 0.480 M packets/s; natengine is at 1.67 times")]
    [InlineData("state", "New connections (RFC 9693): natengine 210 k connections/s, netfilter 126 k connections/s")]
    [InlineData("share", "natengine 64,512 sessions at 80,000 connections; netfilter 64,512 sessions")]
    [InlineData("limit", "natengine 97.0 %, netfilter 58.2 %")]
    [InlineData("limit", "netfilter 100 % at 0 s, down to 17.5 % at 3.5 s, 100 % at 10 s.")]
    [InlineData("users", "natengine 12 ms at 1 client, 3.21 s at 1,000 clients, knee at 200 clients; netfilter")]
    [InlineData("users", "natengine: From 200 clients on its processor is 97 % busy.")]
    public void The_sentences_hold_the_figures(string claim, string said)
        => Assert.Contains(said, Claim(Page, claim).Value, StringComparison.Ordinal);

    [Fact]
    public void A_claim_has_one_answer_for_each_figure_and_the_course_of_its_curves_in_detail()
    {
        XElement claim = Claim(Page, "limit");

        Assert.Single(claim.Element("ul")!.Elements("li"));
        Assert.Contains("down to 17.5 %", claim.Element("details")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ladder_on_which_nothing_got_slow_has_no_knee_and_no_ratio()
    {
        ComparisonResult result = LectureExample.Create();
        XElement page = Parse(result with
        {
            CurveSummaries =
            [
                .. result.CurveSummaries.Select(each => each.System == "natengine"
                    ? each with { Curve = each.Curve with { Marks = [] } }
                    : each),
            ],
        });

        Assert.Equal(
            "Clients, web, knee: natengine none up to 200 clients, netfilter 120 clients.",
            Claim(page, "users").Element("ul")!.Value);
    }

    [Fact]
    public void A_doubtful_answer_says_what_makes_it_so_and_says_it_once()
    {
        ComparisonResult result = LectureExample.Create();
        XElement page = Parse(result with
        {
            Samples =
            [
                .. result.Samples.Select(sample => sample is { System: "natengine", Figure: "udp-200-pps" }
                    ? sample with { Remarks = ["other load"] }
                    : sample),
            ],
        });

        Assert.Equal("! natengine: other load.", Doubt(Claim(page, "remember"))!.Value);
        Assert.Null(Doubt(Claim(page, "limit")));
    }

    [Fact]
    public void What_was_not_measured_is_said_to_be_so()
    {
        ComparisonResult some = LectureExample.Create() with { CurveSummaries = [], Findings = [] };
        XElement page = Parse(some with
        {
            Figures = [.. some.Figures.Where(figure => figure.Name == "udp-200-pps")],
        });

        Assert.Single(Claim(page, "remember").Descendants("figure"));
        XElement missing = Claim(page, "users");
        Assert.Empty(missing.Descendants("figure"));
        Assert.Equal(LectureSentences.NotMeasured, Assert.Single(missing.Descendants("li")).Value);
    }

    [Fact]
    public void Every_system_has_a_line_of_its_own_colour_and_a_place_in_the_legend()
    {
        XElement plot = Plot("clients-web-page-time");

        string[] lines = [.. plot.Descendants("polyline").Select(line => line.Attribute("class")!.Value)];
        Assert.Equal(["line c0", "line c5", "line c1"], lines);
        Assert.Equal(
            ["natengine", "natengine:symmetric", "netfilter"],
            plot.Descendants("span").Select(entry => entry.Value));
        Assert.Equal(3, plot.Descendants("polygon").Count()); // the repeats' bands
    }

    [Fact]
    public void Axes_have_their_units_and_knees_their_marks()
    {
        string[] said = [.. Plot("clients-web-page-time").Descendants("text").Select(text => text.Value)];

        Assert.Contains("time of a page [s]", said);
        Assert.Contains("clients", said);
        Assert.Contains("100 ms", said);
        Assert.Contains("natengine: knee (200)", said);
        Assert.Contains("netfilter: knee (120)", said);
        Assert.Contains("ports of one address (64,512)", Plot("ports-sessions").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_fetched_from_anywhere()
    {
        string html = HtmlReport.Render(LectureExample.Create());

        Assert.DoesNotContain("http", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_a_system_says_is_text_and_not_a_page()
    {
        ComparisonResult broken = LectureExample.Create() with
        {
            Complete = false,
            Failures = [new Failure("natengine", 2, "ping", "<script>alert(1)</script> & \"more\"")],
        };

        string html = HtmlReport.Render(broken);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("INCOMPLETE", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_without_anything_is_still_a_page()
        => Assert.Contains(
            LectureSentences.NotMeasured, HtmlReport.Render(Tests.Results.Examples.Result([], complete: false)),
            StringComparison.Ordinal);

    [Fact]
    public void Says_how_to_measure_it_again()
        => Assert.Contains(
            "natload compare --systems natengine,natengine:symmetric,netfilter --repeats 3", Page.Value,
            StringComparison.Ordinal);

    // The style sheet has no place in the text, and the page is well-formed, which HTML need not be.
    private static XElement Parse(ComparisonResult result)
        => XElement.Parse(HtmlReport.Render(result).Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));

    private static XElement Claim(XElement page, string name)
        => page.Descendants("section").Single(each => each.Attribute("id")?.Value == $"claim-{name}");

    private static XElement Plot(string curve)
        => Page.Descendants("figure").Single(each => each.Attribute("data-curve")?.Value == curve);

    private static XElement? Doubt(XElement claim)
        => claim.Elements("p").SingleOrDefault(each => HasClass(each, "doubt"));

    private static bool HasClass(XElement element, string name)
        => element.Attribute("class")?.Value.Split(' ').Contains(name) == true;
}
