using Microsoft.Extensions.Logging;

namespace NatEngine.Host.Policy;

/// <summary>What rules log.</summary>
internal static partial class RuleLogLines
{
    [LoggerMessage(EventId = 40, Message = "{Line}")]
    internal static partial void Packet(ILogger logger, LogLevel level, string line);

    [LoggerMessage(
        41, LogLevel.Warning, "LOG rules have seen {Lost} more packets than could be written, {Total} since the start")]
    internal static partial void Lost(ILogger logger, long lost, long total);
}
