using System.Text;

namespace NatEngine.Rules.Targets;

/// <summary><c>LOG</c>: writes a line about the packet, and goes on to the next rule.</summary>
/// <param name="Prefix">How the line begins; empty for nothing.</param>
/// <param name="Level">How important it is, as in syslog: 0 emergency, 4 warning, 7 debug.</param>
/// <param name="Options">What more to write.</param>
public sealed record LogTarget(string Prefix, byte Level, LogOptions Options) : IRuleTarget
{
    /// <summary>The level if none is given: warning.</summary>
    public const byte DefaultLevel = 4;

    /// <summary>The longest prefix, in octets (struct ipt_log_info less the zero).</summary>
    public const int MaxPrefixLength = 29;

    /// <inheritdoc/>
    public string Name => "LOG";

    /// <inheritdoc/>
    public void AppendTo(StringBuilder text)
    {
        text.Option("-j", Name);
        if (Prefix.Length > 0)
        {
            text.Word("--log-prefix").Quoted(Prefix);
        }

        if (Level != DefaultLevel)
        {
            text.Option("--log-level", Level);
        }

        text.Flag("--log-tcp-sequence", Options.HasFlag(LogOptions.TcpSequence))
            .Flag("--log-tcp-options", Options.HasFlag(LogOptions.TcpOptions))
            .Flag("--log-ip-options", Options.HasFlag(LogOptions.IPOptions))
            .Flag("--log-uid", Options.HasFlag(LogOptions.User))
            .Flag("--log-macdecode", Options.HasFlag(LogOptions.MacDecode));
    }
}
