using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>Refuses published services that nobody could reach, or that stand in each other's way.</summary>
internal static class PublishedValidation
{
    private const string Key = nameof(TranslationOptions.Published);

    /// <summary>Returns if they can hold. What is wrong with pools has been refused before.</summary>
    /// <exception cref="InvalidOptionException">They cannot; the message says which, and by what rule.</exception>
    public static void Validate(TranslationOptions options)
    {
        HashSet<IPv4Address> external = [.. options.AllPools().SelectMany(pool => pool.ExternalAddresses)];
        HashSet<(IpProtocol Protocol, ushort Port, IPv4Address Address)> taken = [];
        foreach (PublishedService service in options.Published)
        {
            ValidateService(options, service, external);
            foreach (IPv4Address address in options.AddressesOf(service))
            {
                OptionsValidation.Require(
                    taken.Add((service.Protocol, service.ExternalPort, address)),
                    Key, service, $"another service has that port of {address} already");
            }
        }
    }

    private static void ValidateService(
        TranslationOptions options, PublishedService service, HashSet<IPv4Address> external)
    {
        OptionsValidation.Require(
            service.Protocol is IpProtocol.Tcp or IpProtocol.Udp,
            Key, service, "only TCP and UDP have ports to publish");
        OptionsValidation.Require(
            service.ExternalPort != 0 && service.Internal.Port != 0, Key, service, "port 0 cannot be reached");
        OptionsValidation.Require(
            service.ExternalAddress is not IPv4Address address || external.Contains(address),
            Key, service, "the address is none of the external ones");
        OptionsValidation.Require(
            service.Internal.Address.IsUnicast
                && !external.Contains(service.Internal.Address)
                && (options.InternalPrefixes.Count == 0
                    || options.InternalPrefixes.Any(prefix => prefix.Contains(service.Internal.Address))),
            Key, service, "the service's address must be an internal one");
    }
}
