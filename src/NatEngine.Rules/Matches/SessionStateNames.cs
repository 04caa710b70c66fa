using System;
using System.Collections.Generic;
using System.Linq;

namespace NatEngine.Rules.Matches;

/// <summary>The words for states, in the order of iptables-save.</summary>
public static class SessionStateNames
{
    internal static IReadOnlyList<(string Name, SessionStates State)> All { get; } =
    [
        ("INVALID", SessionStates.Invalid), ("NEW", SessionStates.New), ("RELATED", SessionStates.Related),
        ("ESTABLISHED", SessionStates.Established), ("UNTRACKED", SessionStates.Untracked),
        ("SNAT", SessionStates.Snat), ("DNAT", SessionStates.Dnat),
    ];

    /// <summary>The words of some states, with commas between.</summary>
    public static string Text(SessionStates states)
        => string.Join(',', All.Where(entry => states.HasFlag(entry.State)).Select(entry => entry.Name));

    internal static bool TryParse(string name, out SessionStates state)
    {
        state = All.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).State;
        return state != SessionStates.None;
    }
}
