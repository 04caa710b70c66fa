using System.Diagnostics.CodeAnalysis;

namespace NatEngine.Pipeline.Placement;

/// <summary>Where empty batches come from: the return channel, or the only batch of a layout of one thread.</summary>
internal sealed class BatchSource
{
    private readonly BatchQueue? _returned;
    private readonly PacketBatch? _only;

    /// <summary>Batches come back from the last thread.</summary>
    internal BatchSource(BatchQueue returned) => _returned = returned;

    /// <summary>The batch is empty again whenever it is asked for.</summary>
    internal BatchSource(PacketBatch only) => _only = only;

    /// <summary>Takes an empty batch, waiting for one: this is where a lane that is too slow stops receiving.</summary>
    /// <returns>False if none will come any more.</returns>
    internal bool Take([NotNullWhen(true)] out PacketBatch? batch)
    {
        batch = _only;
        return batch is not null || (_returned is not null && _returned.Take(out batch));
    }
}
