using System;
using NatEngine.Lab;

namespace NatEngine.Conformance.Systems;

/// <summary>A NAT that can be judged. Started several times, for different arrangements, at the same time.</summary>
public interface ISystemUnderTest
{
    /// <summary>How reports call it.</summary>
    string Name { get; }

    /// <summary>What it is held to.</summary>
    Contract Contract { get; }

    /// <summary>Starts it on a gateway and returns when it forwards.</summary>
    /// <returns>What stops it. Disposing of it throws a <see cref="LabException"/> if the NAT had died.</returns>
    /// <exception cref="LabException">It does not start; the message holds what it said.</exception>
    IDisposable Start(LabHost gateway, Arrangement arrangement);
}
