using System;
using Microsoft.Extensions.Logging;

namespace NatEngine.Host.Control;

/// <summary>What the control socket logs.</summary>
internal static partial class ControlLog
{
    [LoggerMessage(20, LogLevel.Warning, "The control socket {Path} takes no more clients: {Reason}")]
    internal static partial void Deaf(ILogger logger, string path, string reason);

    [LoggerMessage(21, LogLevel.Error, "A request on the control socket failed")]
    internal static partial void AnswerFailed(ILogger logger, Exception error);
}
