namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>How one transaction of one client ended.</summary>
/// <param name="Cause">Why it failed; <see cref="FailureCause.None"/> if it did not.</param>
/// <param name="Octets">Octets of content that it received, whether it failed or not.</param>
public readonly record struct TransactionOutcome(FailureCause Cause, long Octets)
{
    /// <summary>True unless it failed.</summary>
    public bool Succeeded => Cause == FailureCause.None;
}
