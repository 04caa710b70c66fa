using System.Text;

namespace NatEngine.Rules.Targets;

/// <summary>The words that several translating targets share.</summary>
internal static class TranslationText
{
    /// <summary><c>addresses:ports</c>, either of which may be missing.</summary>
    internal static string Of(AddressRange? addresses, PortRange? ports)
        => addresses?.ToTargetText() + (ports is { } given ? ":" + given.ToTargetText() : "");

    internal static StringBuilder ToPorts(this StringBuilder text, PortRange? ports)
        => ports is { } given ? text.Option("--to-ports", given.ToTargetText()) : text;

    internal static StringBuilder NatFlags(this StringBuilder text, NatFlags flags)
        => text.Flag("--random", flags.HasFlag(Targets.NatFlags.Random))
            .Flag("--random-fully", flags.HasFlag(Targets.NatFlags.RandomFully))
            .Flag("--persistent", flags.HasFlag(Targets.NatFlags.Persistent));
}
