namespace NatEngine.Pipeline.Placement;

/// <summary>What a thread behind the first does: takes batches, puts them through its stages, hands them on.</summary>
/// <remarks>Completion flows downstream: when the input ends, so does the output. Stopping a lane is therefore
/// completing its first queue; every batch already in flight goes to the end, and its frames are transmitted.</remarks>
internal sealed class StageLoop(IStage[] stages, BatchQueue input, BatchQueue output)
{
    internal void Run()
    {
        try
        {
            while (input.Take(out PacketBatch? batch))
            {
                foreach (IStage stage in stages)
                {
                    stage.Process(batch);
                }

                output.Put(batch);
            }
        }
        finally
        {
            output.Complete(); // a stage that fails is an end, too
        }
    }
}
