using System.Collections.Generic;

namespace NatEngine.Rules.Reading;

/// <summary>Collects what is found wrong with a text, so that all of it can be reported at once.</summary>
internal sealed class FindingLog(string file)
{
    private readonly List<Finding> _findings = [];

    internal string File => file;

    internal IReadOnlyList<Finding> Findings => _findings;

    internal int ErrorCount { get; private set; }

    internal void Error(Word word, string message) => Add(FindingOf(FindingSeverity.Error, word, message));

    internal void Warn(Word word, string message) => Add(FindingOf(FindingSeverity.Warning, word, message));

    internal void Note(Word word, string message) => Add(FindingOf(FindingSeverity.Note, word, message));

    internal void Add(Finding finding)
    {
        ErrorCount += finding.Severity == FindingSeverity.Error ? 1 : 0;
        _findings.Add(finding);
    }

    /// <summary>A finding that is not reported, or not yet.</summary>
    internal Finding FindingOf(FindingSeverity severity, Word word, string message)
        => new(severity, file, word, message);
}
