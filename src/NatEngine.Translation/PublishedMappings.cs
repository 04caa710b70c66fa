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
            if (options.Slice is LaneSlice slice && !slice.Has(service.Internal.Address))
            {
                Leave(service, pool, pools.Addresses);
                continue;
            }

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

    // The port is the lane's that has the service's host, whosever stripe it lies in.
    private static void Leave(PublishedService service, ExternalAddressPool pool, ExternalAddresses addresses)
    {
        for (int number = 0; number < addresses.Count; number++)
        {
            if (service.ExternalAddress is IPv4Address only ? addresses[number] == only : pool.Has(number))
            {
                addresses.SpaceOf(number, service.Protocol).LeaveToOther(service.ExternalPort);
            }
        }
    }

    private static void Add(
        PublishedService service, ExternalAddressPool pool, int number, bool isShown, ExternalAddresses addresses,
        MappingTable mappings)
    {
        // Outside the dynamic range there is nothing to take.
        PortSpace space = addresses.SpaceOf(number, service.Protocol);
        _ = space.Free.TryTake(service.ExternalPort);
        space.TakeFromOthers(service.ExternalPort);
        FlowTuple key = new(service.Internal, default, service.Protocol);
        _ = mappings.Add(Mapping.Of(key, pool.Number, number, service.ExternalPort) with
        {
            IsPublished = true,
            IsIndexed = isShown && mappings.FindInternal(key) == 0,
        });
    }
}
