namespace NatEngine.LoadTest.Systems;

/// <summary>A system that can be told to end some of its sessions.</summary>
internal interface IEndsSessions
{
    /// <summary>Ends the sessions that hosts have opened.</summary>
    /// <param name="hosts">Their block of addresses.</param>
    /// <returns>How many the system says it has ended.</returns>
    /// <exception cref="SystemFailedException">It does not say.</exception>
    int EndSessionsOf(NatEngine.Packets.IPv4Prefix hosts);
}
