using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace NatEngine.Architecture.Tests;

/// <summary>docs/rfc-compliance.md says of each requirement which test proves it: those tests are there.</summary>
public sealed partial class ComplianceTests
{
    private static readonly string[] Rows =
    [
        .. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "rfc-compliance.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Count(letter => letter == '|') == 5)
            .Where(line => !line.StartsWith("| requirement", StringComparison.Ordinal)
                && !line.StartsWith("| section", StringComparison.Ordinal)),
    ];

    private static readonly Dictionary<string, HashSet<string>> Methods = ReadMethods();

    [Fact]
    public void There_are_rows_and_tests_to_look_at()
    {
        Assert.InRange(Rows.Length, 60, 200);
        Assert.Contains("Req1_mapping_is_endpoint_independent", All("Rfc4787Tests"));
    }

    [Fact]
    public void Every_test_that_a_row_names_exists()
    {
        List<string> missing = [];
        foreach (string row in Rows)
        {
            string? type = null;
            foreach (string name in NamesIn(row))
            {
                string[] parts = name.Split('.');
                type = parts.Length == 2 || Methods.ContainsKey(name) ? parts[0] : type;
                string pattern = parts.Length == 2 ? parts[1] : Methods.ContainsKey(name) ? "*" : name;
                if (type is null || !Methods.ContainsKey(type) || !All(type).Any(method => Fits(method, pattern)))
                {
                    missing.Add($"{name} in: {row}");
                }
            }
        }

        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    // What is met or can be switched on has a test; what there is nothing of cannot have one.
    [Fact]
    public void Every_requirement_that_is_met_names_a_test()
        => Assert.All(
            Rows.Where(row => row.Split('|')[2].Trim() is "met" or "switch" or "part"),
            row => Assert.True(
                NamesIn(row).Any() || row.Contains("there are none", StringComparison.Ordinal)
                    || row.Contains("NatEngine.Packets.Tests", StringComparison.Ordinal),
                $"no test: {row}"));

    private static IEnumerable<string> NamesIn(string row)
        => Quoted().Matches(row.Split('|')[4]).Select(match => match.Groups[1].Value)
            .Where(name => !name.StartsWith("NatEngine.", StringComparison.Ordinal));

    private static bool Fits(string method, string pattern)
        => Regex.IsMatch(method, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$");

    private static HashSet<string> All(string type) => Methods[type];

    private static Dictionary<string, HashSet<string>> ReadMethods()
    {
        Dictionary<string, HashSet<string>> methods = [];
        IEnumerable<string> files = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal));
        foreach (string file in files)
        {
            string type = Path.GetFileNameWithoutExtension(file);
            _ = methods.TryAdd(type, []);
            methods[type].UnionWith(
                Method().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));
        }

        return methods;
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"public (?:static )?(?:async )?(?:void|Task) (\w+)\(")]
    private static partial Regex Method();
}
