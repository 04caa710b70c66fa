using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-m state</c>: what a packet is to its session.</summary>
/// <param name="States"><c>--state</c>; any of them fits.</param>
public sealed record StateMatch(Condition<SessionStates> States) : IRuleMatch
{
    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-m", "state")
        .Option("--state", new Condition<string>(SessionStateNames.Text(States.Value), States.IsNegated));
}
