using System;

namespace NatEngine.Translation;

/// <summary>Gives each internal address its external ports in blocks (RFC 6888 REQ-14): what has to be logged is a
/// block, not each of its mappings.</summary>
public sealed record PortBlockOptions
{
    /// <summary>The most blocks that an internal address may be allowed.</summary>
    public const int MostPerSubscriber = 1024;

    /// <summary>Ports of a block, of TCP as of UDP; as many blocks as fit whole are made of
    /// <see cref="TranslationOptions.Ports"/>.</summary>
    public required int Size { get; init; }

    /// <summary>Blocks that an internal address may have at a time.</summary>
    /// <remarks>Defaults to 4; 1 to 1024.</remarks>
    public int MaxPerSubscriber { get; init; } = 4;

    /// <summary>How long a block without ports in use stays its last owner's.</summary>
    /// <remarks>Defaults to 120 s, which RFC 6888 REQ-8 wants of ports; zero to an hour. Shorter makes more of few
    /// ports, and more to log.</remarks>
    public TimeSpan ReleaseDelay { get; init; } = TimeSpan.FromSeconds(120);
}
