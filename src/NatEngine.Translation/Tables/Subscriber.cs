namespace NatEngine.Translation.Tables;

/// <summary>An internal address and what it has.</summary>
internal struct Subscriber
{
    /// <summary>The address; while the place is free, the next free place.</summary>
    public uint Address;

    /// <summary>Its sessions.</summary>
    public uint Sessions;

    /// <summary>Its dynamic mappings.</summary>
    public uint Ports;

    /// <summary>What is left of its allowance of new sessions, in thousandths, at <see cref="Counted"/>.</summary>
    public uint Allowance;

    /// <summary>When the allowance was last counted, in milliseconds modulo 2^32.</summary>
    public uint Counted;
}
