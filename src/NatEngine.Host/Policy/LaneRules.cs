using System.Collections.Generic;
using System.Linq;
using NatEngine.Host.Planning;
using NatEngine.Packets;
using NatEngine.Translation;
using NatEngine.Translation.Policy;

namespace NatEngine.Host.Policy;

/// <summary>What the rules of several lanes must keep to in a gateway, and what the gateway must keep from them.
/// </summary>
internal static class LaneRules
{
    /// <summary>A program for each lane.</summary>
    /// <param name="first">That of the first, which goes on from what was counted before.</param>
    /// <param name="lanes">How many there are.</param>
    internal static IReadOnlyList<RuleProgram> Programs(RuleProgram first, int lanes)
        => [first, .. Enumerable.Range(1, lanes - 1).Select(_ => first.Twin())];

    /// <summary>What rules must keep to while a gateway starts; null with one lane.</summary>
    internal static LaneTerms? TermsOf(TranslationOptions translation, LaneDivision? lanes)
    {
        if (lanes is not LaneDivision division)
        {
            return null;
        }

        IReadOnlyList<PoolOptions> pools = translation.AllPools();
        return new LaneTerms
        {
            Division = division,
            GivenPorts = [.. pools.Select(pool => PortRanges.Without(pool.Ports, pool.ExcludedPorts))],
            Published = translation.Published
                .SelectMany(service => translation.AddressesOf(service).Select(address => (
                    Key: (service.Protocol, new TransportAddress(address, service.ExternalPort)),
                    Host: service.Internal.Address)))
                .ToDictionary(one => one.Key, one => one.Host),

            // A block is given as a whole.
            MayTakePorts = pools.All(pool => pool.Blocks is null),
        };
    }

    /// <summary>Takes the ports of services out of what sessions are given: a packet from outside for one of them comes
    /// to the lane of its host.</summary>
    internal static TranslationOptions Without(TranslationOptions translation, RuledServices services)
    {
        PortRange[] taken = [.. PortRanges.Merge([.. services.Ports.Select(port => new PortRange(port, port))])];
        return taken.Length == 0 ? translation : translation with
        {
            ExcludedPorts = [.. translation.ExcludedPorts, .. taken],
            Pools =
            [
                .. translation.Pools.Select(pool => pool with { ExcludedPorts = [.. pool.ExcludedPorts, .. taken] }),
            ],
        };
    }
}
