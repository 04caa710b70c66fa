namespace NatEngine.Conformance;

/// <summary>What was found of a requirement.</summary>
public enum Verdict
{
    /// <summary>Claimed, and it holds.</summary>
    Met,

    /// <summary>Claimed, and it does not hold.</summary>
    Failed,

    /// <summary>A setting says otherwise; not tried.</summary>
    NotClaimed,

    /// <summary>It says nothing of this configuration; not tried.</summary>
    NotApplicable,
}
