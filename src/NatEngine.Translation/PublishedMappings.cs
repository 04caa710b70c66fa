using NatEngine.Packets;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation;

/// <summary>Makes the mappings of published services, which are there from the start and never end.</summary>
internal static class PublishedMappings
{
    /// <summary>Adds them all. The options are valid, so none collides with another.</summary>
    public static void Add(TranslationOptions options, ExternalAddressPools pools, MappingTable mappings)
    {
        foreach (PublishedService service in options.Published)
        {
            ExternalAddressPool pool = pools.Of(service.Internal.Address);
            if (service.ExternalAddress is IPv4Address only)
            {
                _ = pools.Addresses.TryFind(only, out int number);
                Add(service, pool, number, isShown: true, pools.Addresses, mappings);
                continue;
            }

            // A service on several addresses shows one of them when it opens sessions itself: the one that its address
            // is paired with.
            int shown = pool.PairedWith(service.Internal.Address);
            for (int place = 0; place < pool.Count; place++)
            {
                Add(service, pool, pool.NumberAt(place), place == shown, pools.Addresses, mappings);
            }
        }
    }

    private static void Add(
        PublishedService service, ExternalAddressPool pool, int number, bool isShown, ExternalAddresses addresses,
        MappingTable mappings)
    {
        // Outside the dynamic range there is nothing to take.
        _ = addresses.SpaceOf(number, service.Protocol).Free.TryTake(service.ExternalPort);
        FlowTuple key = new(service.Internal, default, service.Protocol);
        _ = mappings.Add(Mapping.Of(key, pool.Number, number, service.ExternalPort) with
        {
            IsPublished = true,
            IsIndexed = isShown && mappings.FindInternal(key) == 0,
        });
    }
}
