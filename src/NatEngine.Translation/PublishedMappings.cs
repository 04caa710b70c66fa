using NatEngine.Packets;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation;

/// <summary>Makes the mappings of published services, which are there from the start and never end.</summary>
internal static class PublishedMappings
{
    /// <summary>Adds them all. The options are valid, so none collides with another.</summary>
    public static void Add(TranslationOptions options, ExternalAddressPool pool, MappingTable mappings)
    {
        foreach (PublishedService service in options.Published)
        {
            for (int external = 0; external < pool.Count; external++)
            {
                if (service.ExternalAddress is null || service.ExternalAddress == pool[external])
                {
                    Add(service, external, pool, mappings);
                }
            }
        }
    }

    private static void Add(PublishedService service, int external, ExternalAddressPool pool, MappingTable mappings)
    {
        // Outside the dynamic range there is nothing to take.
        _ = pool.SpaceOf(external, service.Protocol).Free.TryTake(service.ExternalPort);

        // A service on several addresses shows one of them when it opens sessions itself: the one that its address is
        // paired with, or the only one.
        bool shown = service.ExternalAddress is not null || pool.PairedWith(service.Internal.Address) == external;
        FlowTuple key = new(service.Internal, default, service.Protocol);
        _ = mappings.Add(Mapping.Of(key, external, service.ExternalPort) with
        {
            IsPublished = true,
            IsIndexed = shown && mappings.FindInternal(key) == 0,
        });
    }
}
