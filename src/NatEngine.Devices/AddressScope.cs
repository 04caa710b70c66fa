namespace NatEngine.Devices;

/// <summary>Where an address is valid (<c>RT_SCOPE_</c>, rtnetlink(7)).</summary>
public enum AddressScope : byte
{
    /// <summary>Everywhere.</summary>
    Global = 0,

    /// <summary>Inside a site.</summary>
    Site = 200,

    /// <summary>On its link.</summary>
    Link = 253,

    /// <summary>On this host.</summary>
    Host = 254,
}
