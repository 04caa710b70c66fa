using System;

namespace NatEngine.Host.Conntrack;

/// <summary>What a listing shows besides what it always shows (<c>conntrack -o</c>).</summary>
[Flags]
internal enum ConntrackColumns
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The network protocol's name and number, in front (<c>-o extended</c>).</summary>
    NetworkProtocol = 1,

    /// <summary>The session's number, at the end (<c>-o id</c>).</summary>
    Id = 2,
}
