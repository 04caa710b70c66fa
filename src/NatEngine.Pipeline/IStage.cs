namespace NatEngine.Pipeline;

/// <summary>One step of the pipeline: work on a batch, in place, without blocking, allocating or throwing.</summary>
internal interface IStage
{
    /// <summary>Does this step's work on every frame of <paramref name="batch"/> that is not dropped.</summary>
    /// <remarks>Implementations on the way of every packet are not inlined: the compiler has a budget for each method
    /// that it inlines into, and what is called for each packet is to get it, not what is called for each batch.
    /// </remarks>
    void Process(PacketBatch batch);
}
