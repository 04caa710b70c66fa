using System;

namespace NatEngine.Host.Guarding;

/// <summary>nft is not there, or refused what it was asked.</summary>
internal sealed class NftException : Exception
{
    internal NftException(string message)
        : base(message)
    {
    }

    internal NftException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
