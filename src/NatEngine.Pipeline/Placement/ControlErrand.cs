using System;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Placement;

/// <summary>Something that takes many slices. It stays with the thread that owns the tables until it is done: asked for
/// slice by slice, each would wait for two threads to be woken, which takes far longer than the slice.</summary>
internal sealed class ControlErrand(Func<Translator, bool> slice, CancellationToken cancel) : IControlQuestion
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task Task => _done.Task;

    /// <inheritdoc/>
    public bool Answer(Translator translator, Timestamp now)
    {
        try
        {
            if (cancel.IsCancellationRequested)
            {
                _done.TrySetCanceled(cancel);
            }
            else if (slice(translator))
            {
                return false;
            }
            else
            {
                _done.TrySetResult();
            }
        }
        catch (Exception error)
        {
            // As with any question, its asker's problem.
            _done.TrySetException(error);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Cancel() => _done.TrySetCanceled();
}
