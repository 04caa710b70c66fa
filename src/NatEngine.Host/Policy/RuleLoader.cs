using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Translation.Policy;

namespace NatEngine.Host.Policy;

/// <summary>Reads rules and the lists beside them, and makes them ready to be asked.</summary>
/// <param name="path">The rules file.</param>
/// <param name="surroundings">What the words of a rule mean in this gateway, its lists apart.</param>
internal sealed class RuleLoader(string path, RuleSurroundings surroundings)
{
    /// <summary>The rules file.</summary>
    internal string Path => path;

    /// <summary>What the words of a rule mean, lists apart.</summary>
    internal RuleSurroundings Surroundings => surroundings;

    /// <summary>Reads the file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal RuleReading Read()
    {
        try
        {
            return RuleFile.Read(File.ReadAllText(path), path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    /// <summary>Makes rules ready, and checks them all the way.</summary>
    /// <param name="reading">The rules.</param>
    /// <param name="source">What findings call their text.</param>
    internal RuleLoading Compile(RuleReading reading, string source)
    {
        List<Finding> findings = [.. reading.Findings];
        if (!reading.IsUsable)
        {
            return new RuleLoading(null, findings);
        }

        Dictionary<string, IReadOnlyList<IPv4Prefix>> lists = AddressLists.Read(reading.Rules, path, source, findings);
        if (findings.Any(finding => finding.Severity == FindingSeverity.Error))
        {
            return new RuleLoading(null, findings);
        }

        RuleProgram? program = RuleProgram.TryCompile(
            reading.Rules, surroundings with { Sets = lists }, out IReadOnlyList<RuleRefusal> refusals);
        findings.AddRange(refusals.Select(refusal
            => new Finding(FindingSeverity.Error, source, WordOf(refusal), refusal.Message)));
        if (program is not null)
        {
            findings.AddRange(RuleChecks.Check(reading.Rules, source, surroundings.ExternalAddresses));
        }

        return new RuleLoading(program, findings);
    }

    private static Word WordOf(RuleRefusal refusal) => refusal.Rule.Place switch
    {
        null => new Word(refusal.Rule.Target?.Name ?? "-A", 1, 1),
        { } place when refusal.Match is IRuleMatch match
            && refusal.Rule.Matches.Index().FirstOrDefault(one => one.Item.Equals(match)).Index is int at
            && at < place.MatchWords.Count => place.MatchWords[at],
        { TargetWord.Text: not null } place => place.TargetWord,
        { } place => new Word("-A", place.Line, place.Column),
    };
}
