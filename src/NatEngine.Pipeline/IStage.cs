namespace NatEngine.Pipeline;

/// <summary>One step of the pipeline: work on a batch, in place, without blocking, allocating or throwing.</summary>
internal interface IStage
{
    /// <summary>Does this step's work on every frame of <paramref name="batch"/> that is not dropped.</summary>
    void Process(PacketBatch batch);
}
