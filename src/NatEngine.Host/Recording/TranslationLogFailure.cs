using Microsoft.Extensions.Logging;

namespace NatEngine.Host.Recording;

/// <summary>What is wrong with the translation log, in the gateway's own.</summary>
internal static partial class TranslationLogFailure
{
    [LoggerMessage(
        40,
        LogLevel.Error,
        "The translation log cannot be written: {Reason}; {Count} event(s) are missing in it, and those that follow "
        + "until it can be, which will be counted there")]
    internal static partial void NotWritten(ILogger logger, int count, string reason);
}
