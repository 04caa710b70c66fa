using System.Collections.Generic;
using System.Threading.Tasks;
using NatEngine.Packets;
using NatEngine.Pipeline.Stages;
using NatEngine.Translation;

namespace NatEngine.Pipeline;

/// <summary>What may be asked about packets of a pipeline that runs, from any thread: each question is answered on the
/// thread that owns the tables, between two batches, and changes nothing.</summary>
public sealed class PacketQuestions
{
    private readonly GatewayPipeline _pipeline;
    private readonly LookupStage _lookup;
    private readonly DropLog _drops;

    internal PacketQuestions(GatewayPipeline pipeline, LookupStage lookup, DropLog drops)
    {
        _pipeline = pipeline;
        _lookup = lookup;
        _drops = drops;
    }

    /// <summary>What would become of the packet that somebody would send: the first of a session, or of one that there
    /// is the next.</summary>
    /// <param name="tuple">Its addresses and ports.</param>
    /// <param name="ingress">Where it comes in; null for where its source is.</param>
    /// <returns>As of <see cref="GatewayPipeline.AskAsync"/>.</returns>
    public Task<PacketExplanation> ExplainAsync(FlowTuple tuple, Realm? ingress)
        => _pipeline.AskAsync((_, now) => _lookup.Ways.Explain(tuple, ingress, now));

    /// <summary>What would become of a packet that has turned round in another lane and comes from there.</summary>
    internal Task<PacketExplanation> ExplainHandedAsync(FlowTuple tuple)
        => _pipeline.AskAsync((_, now) => _lookup.Ways.ExplainHanded(tuple, now));

    /// <summary>What would become today of a packet that was dropped.</summary>
    /// <param name="dropped">The packet; must have come in somewhere.</param>
    /// <returns>As of <see cref="GatewayPipeline.AskAsync"/>.</returns>
    public Task<PacketExplanation> ExplainAsync(DroppedPacket dropped)
    {
        System.ArgumentNullException.ThrowIfNull(dropped);
        return _pipeline.AskAsync((_, now) => _lookup.Ways.Explain(dropped, now));
    }

    /// <summary>The last packets that were dropped for a reason, the newest first.</summary>
    /// <returns>As of <see cref="GatewayPipeline.AskAsync"/>.</returns>
    public Task<IReadOnlyList<DroppedPacket>> ReadDropsAsync(DropReason reason)
        => _pipeline.AskAsync((_, now) => _drops.Read(reason, now));
}
