namespace NatEngine.Rules.Targets;

/// <summary>What a rule or a policy can decide without more ado.</summary>
public enum Verdict
{
    /// <summary>The packet passes this table.</summary>
    Accept,

    /// <summary>The packet goes no further, and nobody is told.</summary>
    Drop,

    /// <summary>Back to the chain that jumped here; in a built-in chain, the policy decides.</summary>
    Return,
}
