using System.Collections.Generic;

namespace NatEngine.LoadTest.Reports.Lecture;

/// <summary>One of the claims that started this project, and which measurements speak to it.</summary>
/// <param name="Name">A word for it, part of the page's anchors.</param>
/// <param name="Claim">What the lecture says.</param>
/// <param name="Question">What is measured of it.</param>
/// <param name="Figures">Names of figures that speak to it; one that ends in an asterisk stands for all that begin so.
/// </param>
/// <param name="Curves">Names of curves that speak to it.</param>
/// <param name="Measurements">Names of the measurements whose findings belong here, as <paramref name="Figures"/>.
/// </param>
internal sealed record LectureClaim(
    string Name,
    string Claim,
    string Question,
    IReadOnlyList<string> Figures,
    IReadOnlyList<string> Curves,
    IReadOnlyList<string> Measurements)
{
    /// <summary>The five, in the lecture's order.</summary>
    public static IReadOnlyList<LectureClaim> All { get; } =
    [
        new(
            "remember",
            "A NAT remembers each connection, and looks every packet up in what it remembers.",
            "What does the looking up cost: how many packets a second go through?",
            ["udp-10000-pps", "udp-200-pps", "throughput-64"],
            [],
            ["throughput"]),
        new(
            "state",
            "A rule about state lets the inside open connections: NEW is a property of a connection, not of a host.",
            "Each new connection is a decision: how many a second?",
            ["connection-rate"],
            ["connection-rate-sessions"],
            ["connection-rate"]),
        new(
            "share",
            "Many share one public address: their connections are told apart by its ports.",
            "How many connections does one address hold, and does that depend on the NAT's behaviour?",
            ["ports-sessions*"],
            ["ports-sessions"],
            ["ports*"]),
        new(
            "limit",
            "One public address carries at most about 60 thousand connections.",
            "What becomes of the others when the last port is gone and newcomers keep trying?",
            ["ports-old-goodput"],
            ["ports-old-goodput"],
            []),
        new(
            "users",
            "Twenty or thirty users are fine; at a hundred it is very slow.",
            "From how many users on does a page take longer, and what is the limit then?",
            ["clients-web-knee"],
            ["clients-web-page-time", "clients-web-throughput"],
            ["clients-web"]),
    ];

    /// <summary>Whether a name is one of those asked for.</summary>
    public static bool Matches(IReadOnlyList<string> wanted, string name)
    {
        foreach (string each in wanted)
        {
            if (each == name || (each.EndsWith('*') && name.StartsWith(each[..^1], System.StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }
}
