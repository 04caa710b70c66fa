using System;
using System.IO;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace NatEngine.Host.Hosting;

/// <summary>One line per event: when, how bad, what. The console's format where systemd's journal does not take care of
/// the first two.</summary>
internal sealed class OperatorFormatter() : ConsoleFormatter(FormatName)
{
    /// <summary>The format's name.</summary>
    internal const string FormatName = "natengine";

    /// <inheritdoc/>
    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(DateTimeOffset.Now.ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", null));
        textWriter.Write(Word(logEntry.LogLevel));
        textWriter.WriteLine(logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (logEntry.Exception is Exception error)
        {
            textWriter.WriteLine(error);
        }
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => " debug ",
        LogLevel.Information => " info  ",
        LogLevel.Warning => " warn  ",
        LogLevel.Error => " error ",
        _ => " FATAL ",
    };
}
