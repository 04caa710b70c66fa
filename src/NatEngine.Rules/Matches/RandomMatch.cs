using System.Globalization;
using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-m statistic --mode random</c>: fits by chance.</summary>
/// <param name="Probability">How probable it is that a packet fits, in units of 2⁻³¹; at most 2³¹.</param>
public sealed record RandomMatch(Condition<uint> Probability) : IRuleMatch
{
    /// <summary>What is certain.</summary>
    public const uint Certain = 0x8000_0000;

    /// <inheritdoc/>
    public void AppendTo(StringBuilder text)
    {
        string probability = (Probability.Value / (double)Certain).ToString("F11", CultureInfo.InvariantCulture);
        text.Option("-m", "statistic").Option("--mode", "random")
            .Option("--probability", new Condition<string>(probability, Probability.IsNegated));
    }
}
