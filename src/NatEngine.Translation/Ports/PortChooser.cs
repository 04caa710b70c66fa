using System;
using NatEngine.Packets;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Ports;

/// <summary>Chooses external addresses and ports the way that the behaviour wants.</summary>
internal sealed class PortChooser(TranslationBehavior behavior, Random random)
{
    // With half of the range taken, one mapping in 256 gets a port next to a taken one.
    private const int Draws = 8;

    /// <summary>The place of the address to try first for an internal address.</summary>
    public int FirstAddress(ExternalAddressPool pool, IPv4Address internalAddress)
        => behavior.Pooling == PoolingBehavior.Paired ? pool.PairedWith(internalAddress) : random.Next(pool.Count);

    /// <summary>How many addresses to try, one after the other.</summary>
    public int Tries(ExternalAddressPool pool) => behavior.Pooling == PoolingBehavior.Paired ? 1 : pool.Count;

    /// <summary>Takes a port.</summary>
    /// <param name="space">Says the range, and which port was given last.</param>
    /// <param name="free">The set to take it from: that of <paramref name="space"/>, or one of a remote
    /// endpoint.</param>
    /// <param name="within">Which ports it may be.</param>
    /// <param name="like">The internal end's port.</param>
    /// <returns>The port, or <see cref="PortSet.None"/> if none is free.</returns>
    public int Take(PortSpace space, PortSet free, PortRange within, ushort like)
    {
        int port = behavior.Ports == PortChoice.Preserve && within.Contains(like) && free.IsFree(like)
            ? like
            : FindNext(free, within, Start(space, free, within), like);
        if (port != PortSet.None)
        {
            _ = free.TryTake((ushort)port);
            space.Last = (ushort)port;
        }

        return port;
    }

    /// <summary>Finds a port that a remote endpoint's sessions do not have yet, among few that they have.</summary>
    /// <param name="space">The ports that there are.</param>
    /// <param name="within">Which of them it may be.</param>
    /// <param name="like">The internal end's port.</param>
    /// <param name="sessions">Knows which tuples are taken.</param>
    /// <param name="reply">What answers look like, but for the port.</param>
    /// <param name="taken">How many ports the remote endpoint's sessions have, at most.</param>
    /// <returns>The port, or <see cref="PortSet.None"/> if none is free.</returns>
    public int Find(
        PortSpace space, PortRange within, ushort like, SessionTable sessions, in FlowTuple reply, uint taken)
    {
        IPv4Address external = reply.Destination.Address;
        if (behavior.Ports == PortChoice.Preserve && within.Contains(like) && space.Free.IsFree(like)
            && IsUnused(reply, like))
        {
            return like;
        }

        // Each step finds another of the taken ones or a free one.
        int port = FindNext(space.Free, within, Start(space, space.Free, within), like);
        for (uint step = 0; step <= taken && port != PortSet.None; step++)
        {
            if (IsUnused(reply, (ushort)port))
            {
                space.Last = (ushort)port;
                return port;
            }

            port = space.Free.FindNext(within, After((ushort)port, within));
        }

        return PortSet.None;

        bool IsUnused(in FlowTuple tuple, ushort candidate)
            => sessions.Find(new FlowTuple(
                tuple.Source, new TransportAddress(external, candidate), tuple.Protocol)) == 0;
    }

    private int FindNext(PortSet free, PortRange within, ushort start, ushort like)
        => behavior.PreserveParity
            ? free.FindNext(within, start, (like & 1) != 0)
            : free.FindNext(within, start);

    private ushort Start(PortSpace space, PortSet free, PortRange within)
        => behavior.Ports == PortChoice.Sequential ? After(space.Last, within) : Draw(free, within);

    // Drawn again while the port is taken (RFC 6056 section 3.3.2): to go on to the next free one at once would give
    // what follows a gap, such as the host's own ports, to all who drew a port of the gap.
    private ushort Draw(PortSet free, PortRange within)
    {
        ushort port = (ushort)(within.First + random.Next(within.Count));
        for (int draw = 1; draw < Draws && !free.IsFree(port); draw++)
        {
            port = (ushort)(within.First + random.Next(within.Count));
        }

        return port;
    }

    private static ushort After(ushort port, PortRange within)
        => within.Contains(port + 1) ? (ushort)(port + 1) : within.First;
}
