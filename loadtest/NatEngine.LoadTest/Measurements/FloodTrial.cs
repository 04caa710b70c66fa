using System.Collections.Generic;

namespace NatEngine.LoadTest.Measurements;

/// <summary>One flood at one rate, and what arrived of it.</summary>
/// <param name="OfferedRate">Packets offered per second, those that did not even leave the generator included.</param>
/// <param name="DeliveredRate">Packets that arrived per second of the offer.</param>
/// <param name="Details">What was seen of the machine meanwhile.</param>
/// <param name="Remarks">What makes the trial doubtful.</param>
internal sealed record FloodTrial(
    double OfferedRate, double DeliveredRate, Dictionary<string, double> Details, List<string> Remarks)
{
    /// <summary>The part that did not arrive, in percent.</summary>
    public double LossPercent => OfferedRate <= 0 ? 0 : 100 * (1 - (DeliveredRate / OfferedRate));
}
