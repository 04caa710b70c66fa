namespace NatEngine.EndToEnd.Tests.Wire;

/// <summary>Which links carry super-frames and unfinished checksums.</summary>
public enum LinkOffloads
{
    /// <summary>All of them: what leaves a host unfinished arrives so.</summary>
    All,

    /// <summary>None: every frame is one that could be on a real wire.</summary>
    None,

    /// <summary>Those into the gateway, not those out of it: what comes as a super-frame must leave as segments with
    /// checksums of their own.</summary>
    BeforeTheGateway,
}
