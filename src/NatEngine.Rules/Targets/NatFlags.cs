using System;

namespace NatEngine.Rules.Targets;

/// <summary>How a translating target chooses.</summary>
[Flags]
public enum NatFlags
{
    /// <summary>As the gateway is set.</summary>
    None = 0,

    /// <summary><c>--random</c>: ports by chance; since Linux 5.0 the same as <see cref="RandomFully"/>.</summary>
    Random = 1,

    /// <summary><c>--random-fully</c>: ports by chance.</summary>
    RandomFully = 2,

    /// <summary><c>--persistent</c>: of several addresses always the same one for an internal address.</summary>
    Persistent = 4,
}
