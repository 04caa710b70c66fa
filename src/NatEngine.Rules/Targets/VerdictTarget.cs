using System.Text;

namespace NatEngine.Rules.Targets;

/// <summary><c>ACCEPT</c>, <c>DROP</c> or <c>RETURN</c>.</summary>
/// <param name="Verdict">Which.</param>
public sealed record VerdictTarget(Verdict Verdict) : IRuleTarget
{
    /// <inheritdoc/>
    public string Name => NameOf(Verdict);

    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-j", Name);

    /// <summary>The word for <paramref name="verdict"/>.</summary>
    internal static string NameOf(Verdict verdict) => verdict switch
    {
        Verdict.Accept => "ACCEPT",
        Verdict.Drop => "DROP",
        _ => "RETURN",
    };
}
