namespace NatEngine.Translation;

/// <summary>By what an external port is somebody's.</summary>
public enum PortOwnership : byte
{
    /// <summary>It is nobody's.</summary>
    None,

    /// <summary>A dynamic mapping has it.</summary>
    Mapping,

    /// <summary>A published service has it.</summary>
    Published,

    /// <summary>It is in a block of ports of an internal address.</summary>
    Block,

    /// <summary>It is one of the ports computed from an internal address (RFC 7422).</summary>
    Computed,

    /// <summary>Sessions share it: only the remote end tells them apart.</summary>
    Shared,
}
