using System.Collections.Generic;

namespace NatEngine.Translation.Explaining;

/// <summary>What the rules of one of netfilter's hooks were asked about a packet.</summary>
/// <param name="Table">The table.</param>
/// <param name="Chain">The built-in chain that the way begins in.</param>
/// <param name="Rules">The rules that were asked, in their order; the last of them decides.</param>
public sealed record ExplainedHook(string Table, string Chain, IReadOnlyList<ExplainedRule> Rules);
