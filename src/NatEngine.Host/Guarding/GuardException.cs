using System;

namespace NatEngine.Host.Guarding;

/// <summary>The guard cannot be installed, looked at or removed: nft is not there, or nft or the kernel refused what it
/// was asked.</summary>
internal sealed class GuardException : Exception
{
    internal GuardException(string message)
        : base(message)
    {
    }

    internal GuardException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
