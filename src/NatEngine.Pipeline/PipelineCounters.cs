using System.Collections.Generic;
using NatEngine.Packets;

namespace NatEngine.Pipeline;

/// <summary>What a pipeline counted since it was made: read while it runs, each number for itself, so that sums may be
/// a few packets apart.</summary>
/// <param name="Internal">The port to the internal realm.</param>
/// <param name="External">The port to the external realm.</param>
/// <param name="Drops">Frames dropped, by reason; reasons that did not occur are there with 0.</param>
public sealed record PipelineCounters(
    PortCounters Internal, PortCounters External, IReadOnlyDictionary<DropReason, long> Drops);
