using System.Globalization;
using System.Text;

namespace NatEngine.Rules.Targets;

/// <summary><c>MARK</c>: gives the packet a mark that later rules can look at. The mark ends with the packet.</summary>
/// <param name="Value">The bits to change after that.</param>
/// <param name="Mask">The bits to clear first.</param>
public sealed record MarkTarget(uint Value, uint Mask) : IRuleTarget
{
    /// <inheritdoc/>
    public string Name => "MARK";

    /// <summary>What becomes of <paramref name="mark"/> (xt_mark.c).</summary>
    public uint Apply(uint mark) => (mark & ~Mask) ^ Value;

    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-j", Name)
        .Option("--set-xmark", string.Create(CultureInfo.InvariantCulture, $"0x{Value:x}/0x{Mask:x}"));
}
