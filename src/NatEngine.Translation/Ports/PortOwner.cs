using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>Whose an external port is.</summary>
/// <param name="Kind">By what.</param>
/// <param name="Internal">Whose: of a block and of computed ports the address, with port 0.</param>
/// <param name="Ports">The ports that are his together with it.</param>
/// <param name="Pool">The number of the pool, in the order of <see cref="TranslationOptions.AllPools"/>.</param>
public readonly record struct PortOwner(PortOwnership Kind, TransportAddress Internal, PortRange Ports, byte Pool);
