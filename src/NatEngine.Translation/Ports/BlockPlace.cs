namespace NatEngine.Translation.Ports;

/// <summary>A block of ports that somebody has, or would get.</summary>
/// <param name="Block">Its place among all.</param>
/// <param name="FreePlace">Its place among those that are free; <see cref="PortBlocks.None"/> if it is his already.
/// </param>
internal readonly record struct BlockPlace(int Block, int FreePlace)
{
    /// <summary>True if it would be a new one.</summary>
    public bool IsNew => FreePlace != PortBlocks.None;
}
