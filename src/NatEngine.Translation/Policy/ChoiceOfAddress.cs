using NatEngine.Packets;

namespace NatEngine.Translation.Policy;

/// <summary>Which of the addresses that a rule names a session gets: always the same one of those who ask for the same
/// (find_best_ips_proto in nf_nat_core.c).</summary>
internal static class ChoiceOfAddress
{
    // The kernel's own mixing is not part of its interface; any that spreads will do.
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    /// <summary>Chooses one.</summary>
    /// <param name="tuple">The session's first packet.</param>
    /// <param name="isPersistent">True if whom it goes to makes no difference.</param>
    /// <param name="count">How many addresses there are; at most 2^32.</param>
    /// <returns>Its place, from 0.</returns>
    public static uint Of(in FlowTuple tuple, bool isPersistent, ulong count)
    {
        ulong whom = isPersistent ? 0 : (ulong)tuple.Destination.Address.Value << 32;
        ulong mixed = (tuple.Source.Address.Value + whom + 1) * Spread;
        return (uint)(((mixed >> 32) * count) >> 32);
    }
}
