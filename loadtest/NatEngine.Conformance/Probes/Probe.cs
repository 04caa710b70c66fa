using System;

namespace NatEngine.Conformance.Probes;

/// <summary>One requirement, and how it is judged.</summary>
/// <param name="Rfc">The number of the RFC.</param>
/// <param name="Requirement">The requirement's or the section's own number there.</param>
/// <param name="Title">What is required, in a few words.</param>
/// <param name="Claims">Whether a contract claims it.</param>
/// <param name="Steps">What is sent, and what must arrive. Returns if the requirement is met.</param>
/// <param name="Where">What the NAT is put up with.</param>
/// <param name="UsesAllPorts">Where ports are few: whether it needs all of UDP's. The others need a few
/// together.</param>
internal sealed record Probe(
    int Rfc,
    string Requirement,
    string Title,
    Func<Contract, Claim> Claims,
    Action<Scene> Steps,
    Arrangement Where = Arrangement.AsConfigured,
    bool UsesAllPorts = false)
{
    /// <summary>The requirement as reports and tests name it: "4787 REQ-9a".</summary>
    public string Name => $"{Rfc} {Requirement}";
}
