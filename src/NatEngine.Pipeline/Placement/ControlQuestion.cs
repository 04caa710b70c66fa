using System;
using System.Threading.Tasks;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Placement;

/// <summary>A question with an answer of type <typeparamref name="TAnswer"/>.</summary>
internal sealed class ControlQuestion<TAnswer>(Func<Translator, Timestamp, TAnswer> question) : IControlQuestion
{
    // Continuations elsewhere: the lookup thread has packets to see to.
    private readonly TaskCompletionSource<TAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<TAnswer> Task => _answer.Task;

    /// <inheritdoc/>
    public bool Answer(Translator translator, Timestamp now)
    {
        try
        {
            _answer.TrySetResult(question(translator, now));
        }
        catch (Exception error)
        {
            // A question that fails is its asker's problem; the packets go on.
            _answer.TrySetException(error);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Cancel() => _answer.TrySetCanceled();
}
