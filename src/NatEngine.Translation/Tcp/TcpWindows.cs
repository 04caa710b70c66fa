using System.Runtime.InteropServices;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Tcp;

/// <summary>What is known of the sequence numbers of one connection, both ends: a cache line beside its
/// <see cref="Session"/>.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct TcpWindows
{
    /// <summary>The ends, by the direction that they send in.</summary>
    public Pair<TcpEnd> Ends;

    /// <summary>True if the connection was taken up without its SYN: nobody knows how its windows are scaled.</summary>
    public bool IsMidStream;
}
