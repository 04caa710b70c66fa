namespace NatEngine.Conformance.Probes;

/// <summary>How a contract stands to a requirement.</summary>
internal enum ClaimStanding
{
    /// <summary>It must hold.</summary>
    Claimed,

    /// <summary>A setting says otherwise.</summary>
    NotClaimed,

    /// <summary>It says nothing of this configuration.</summary>
    NotApplicable,
}
