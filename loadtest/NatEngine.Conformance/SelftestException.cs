using System;

namespace NatEngine.Conformance;

/// <summary>Nothing could be judged: a lab could not be built, or a NAT did not start or died.</summary>
public sealed class SelftestException : Exception
{
    internal SelftestException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
