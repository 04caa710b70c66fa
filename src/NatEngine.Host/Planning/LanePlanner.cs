using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Devices;
using NatEngine.Host.Settings;
using NatEngine.Translation;

namespace NatEngine.Host.Planning;

/// <summary>Works out how several lanes share the hosts and ports of one gateway.</summary>
internal static class LanePlanner
{
    /// <summary>How many ports follow each other in one lane where there are no blocks: one word of a port set.
    /// </summary>
    internal const int UsualStripe = 64;

    /// <summary>Says who is whose.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="faults">Receives why it can't be had.</param>
    /// <returns>Null for a single lane.</returns>
    internal static LaneDivision? Plan(GatewaySettings settings, ICollection<SettingFault> faults)
    {
        if (settings.Lanes == 1)
        {
            return null;
        }

        if (settings.Transmit == TransmitKind.Xdp)
        {
            faults.Add(new SettingFault(
                settings.Locate(SettingKeys.Transmit),
                SettingKeys.Transmit.Noun,
                SettingWords.Of(settings.Transmit),
                $"an interface's queue has one AF_XDP socket, and these are {settings.Lanes} lanes; use one lane, or "
                    + "packet"));
        }

        // Blocks are somebody's, and he is one lane's: so must all ports of a block be. Whether that is possible is
        // checked with the rest of translation.
        PoolSettings? blocks = settings.AllPools
            .Where(pool => pool.Blocks is not null)
            .OrderByDescending(pool => pool.Blocks!.Size)
            .FirstOrDefault();
        int stripe = blocks?.Blocks!.Size ?? UsualStripe;
        int first = blocks?.Ports.First ?? 0;
        return new LaneDivision(settings.Lanes, stripe, (stripe - (first % stripe)) % stripe);
    }

    /// <summary>What one lane's translator is made of: its share of all that is counted, in full that which
    /// isn't.</summary>
    internal static TranslationOptions ShareOf(TranslationOptions all, LaneDivision lanes, int lane) => all with
    {
        Slice = new LaneSlice(lanes, lane),
        MaxSessions = Share(all.MaxSessions, lanes),
        MaxMappings = Share(all.MaxMappings, lanes),
        LogCapacity = Share(all.LogCapacity, lanes),
    };

    private static int Share(int whole, LaneDivision lanes)
        => (int)Math.Ceiling((double)whole / lanes.Lanes);
}
