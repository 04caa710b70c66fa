using System;
using System.Collections.Generic;

namespace NatEngine.EndToEnd.Tests.Differential.Ruled;

/// <summary>Rules, and what they leave open.</summary>
/// <param name="Text">As iptables-restore reads it.</param>
/// <param name="Choices">What a gateway may choose.</param>
internal sealed record RuleCase(string Text, IReadOnlyList<Choice> Choices)
{
    /// <summary>True if a gateway may choose between servers.</summary>
    public bool SpreadsDestinations { get; } = Text.Contains(RuleWriter.TwoServers, StringComparison.Ordinal);

    /// <summary>True if a rule counts sessions. Of a session's later packets the kernel (6.18) does not, nor does it
    /// then forget those that are gone.</summary>
    public bool CountsSessions { get; } = Text.Contains("connlimit", StringComparison.Ordinal);
}
