using System;
using NatEngine.Packets;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Ports;

/// <summary>Chooses external addresses and ports the way that the behaviour wants. Takes none.</summary>
internal sealed class PortChooser(TranslationBehavior behavior, LaneSlice? slice = null)
{
    // With half of the range taken, one mapping in 256 gets a port next to a taken one.
    private const int Draws = 8; // two at a time

    // How many sessions that a remote endpoint has opened itself, to as many ports, one passes over at most.
    private const uint Incoming = 256;

    /// <summary>What it does if it is free to choose.</summary>
    public PortChoice Choice => behavior.Ports;

    /// <summary>True if the next ports can be foreseen as far as chance can: each takes one draw, whatever was given in
    /// between.</summary>
    public bool CanForesee => behavior.Pooling == PoolingBehavior.Paired && behavior.Ports != PortChoice.Sequential;

    /// <summary>The place of the address to try first for an internal address.</summary>
    public int FirstAddress(ExternalAddressPool pool, IPv4Address internalAddress, Random random)
        => behavior.Pooling == PoolingBehavior.Paired ? pool.PairedWith(internalAddress) : random.Next(pool.Count);

    /// <summary>How many addresses to try, one after the other.</summary>
    public int Tries(ExternalAddressPool pool) => behavior.Pooling == PoolingBehavior.Paired ? 1 : pool.Count;

    /// <summary>Finds a port.</summary>
    /// <param name="space">Says which port was given last.</param>
    /// <param name="free">The set to look in: that of <paramref name="space"/>, or one of a remote endpoint.</param>
    /// <param name="within">Which ports it may be.</param>
    /// <param name="like">The internal end's port.</param>
    /// <param name="random">Chance.</param>
    /// <returns>The port, or <see cref="PortSet.None"/> if none is free.</returns>
    public int Find(PortSpace space, PortSet free, PortRange within, ushort like, Random random)
        => behavior.Ports == PortChoice.Preserve && within.Contains(like) && free.IsFree(like)
            ? like
            : FindNext(free, within, Start(space, free, within, random), like, behavior.PreserveParity);

    /// <summary>Asks for the memory that <see cref="Foresee"/> looks at.</summary>
    /// <param name="space">The ports that there are.</param>
    /// <param name="within">Which of them it may be.</param>
    /// <param name="chance">What will be drawn.</param>
    public void Prefetch(PortSpace space, PortRange within, TwoNumbers chance)
        => space.Free.Prefetch(PortOf(within, chance.First(within.Count)));

    /// <summary>The port that <see cref="Find(PortSpace, PortSet, PortRange, ushort, Random)"/> will return, if nothing
    /// comes between.</summary>
    /// <param name="space">The ports that there are.</param>
    /// <param name="within">Which of them it may be.</param>
    /// <param name="like">The internal end's port.</param>
    /// <param name="chance">What will be drawn.</param>
    public ushort Foresee(PortSpace space, PortRange within, ushort like, TwoNumbers chance)
    {
        PortSet free = space.Free;
        if (behavior.Ports == PortChoice.Preserve && within.Contains(like) && free.IsFree(like))
        {
            return like;
        }

        ushort drawn = PortOf(within, chance.First(within.Count));
        drawn = free.IsFree(drawn) ? drawn : PortOf(within, chance.Second(within.Count));
        return behavior.PreserveParity && ((drawn ^ like) & 1) != 0 ? After(drawn, within) : drawn;
    }

    /// <summary>Finds a port that a remote endpoint's sessions do not have yet, among few that they have.</summary>
    /// <param name="space">The ports that there are.</param>
    /// <param name="within">Which of them it may be.</param>
    /// <param name="like">The internal end's port.</param>
    /// <param name="sessions">Knows which tuples are taken.</param>
    /// <param name="reply">What answers look like, but for the port.</param>
    /// <param name="taken">How many ports sessions to the remote endpoint have, at most.</param>
    /// <param name="random">Chance.</param>
    /// <returns>The port, or <see cref="PortSet.None"/> if none is free.</returns>
    public int Find(
        PortSpace space, PortRange within, ushort like, SessionTable sessions, in FlowTuple reply, uint taken,
        Random random)
    {
        if (behavior.Ports == PortChoice.Preserve && within.Contains(like) && space.Free.IsFree(like)
            && IsUnused(sessions, reply, like))
        {
            return like;
        }

        ushort start = Start(space, space.Free, within, random);
        int port = FindUnused(space.Free, within, start, like, behavior.PreserveParity, sessions, reply, taken);
        return port == PortSet.None && behavior.PreserveParity
            ? FindUnused(space.Free, within, start, like, false, sessions, reply, taken)
            : port;
    }

    private static bool IsUnused(SessionTable sessions, in FlowTuple reply, ushort port)
        => sessions.Find(new FlowTuple(
            reply.Source, new TransportAddress(reply.Destination.Address, port), reply.Protocol)) == 0;

    // Each step finds another of the taken ports, one that the remote endpoint talks to of itself, or an unused one,
    // until they come round.
    private static int FindUnused(
        PortSet free,
        PortRange within,
        ushort start,
        ushort like,
        bool keepsParity,
        SessionTable sessions,
        in FlowTuple reply,
        uint taken)
    {
        int first = FindNext(free, within, start, like, keepsParity);
        int port = first;
        for (uint step = 0; step <= taken + Incoming && port != PortSet.None; step++)
        {
            if (IsUnused(sessions, reply, (ushort)port))
            {
                return port;
            }

            port = FindNext(free, within, After((ushort)port, within), like, keepsParity);
            if (port == first)
            {
                break;
            }
        }

        return PortSet.None;
    }

    private static int FindNext(PortSet free, PortRange within, ushort start, ushort like, bool keepsParity)
        => keepsParity
            ? free.FindNext(within, start, (like & 1) != 0)
            : free.FindNext(within, start);

    private ushort Start(PortSpace space, PortSet free, PortRange within, Random random)
        => behavior.Ports == PortChoice.Sequential ? After(space.Last, within) : Draw(free, within, random);

    // Drawn again while the port is taken (RFC 6056 section 3.3.2): to go on to the next free one at once would give
    // what follows a gap, such as the host's own ports, to all who drew a port of the gap.
    private ushort Draw(PortSet free, PortRange within, Random random)
    {
        TwoNumbers two = random is DrawnAhead chance ? chance.Take() : new TwoNumbers(random.NextInt64());
        for (int drawn = 2; ; drawn += 2)
        {
            ushort port = PortOf(within, two.First(within.Count));
            if (free.IsFree(port))
            {
                return port;
            }

            port = PortOf(within, two.Second(within.Count));
            if (drawn == Draws || free.IsFree(port))
            {
                return port;
            }

            two = two.Others();
        }
    }

    private ushort PortOf(PortRange within, int number)
    {
        int drawn = within.First + number;
        int own = slice is LaneSlice lane ? lane.Near(drawn) : drawn;
        return (ushort)(within.Contains(own) ? own : drawn);
    }

    private static ushort After(ushort port, PortRange within)
        => within.Contains(port + 1) ? (ushort)(port + 1) : within.First;
}
