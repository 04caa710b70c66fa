using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline;

/// <summary>Where a frame goes on its next link: a value in the batch, beside the frame.</summary>
internal struct Departure
{
    /// <summary>What becomes of the frame; the rest means something for <see cref="Pipeline.Disposition.Forward"/> and
    /// <see cref="Pipeline.Disposition.Send"/>.</summary>
    public Disposition Disposition;

    /// <summary>The side that the frame leaves by.</summary>
    public Realm Egress;

    /// <summary>Of <see cref="Disposition.Cross"/>, the lane.</summary>
    public byte Lane;

    /// <summary>The station that a forwarded frame is for.</summary>
    public MacAddress Station;
}
