using System.Collections.Concurrent;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Placement;

/// <summary>The questions that wait for the lookup stage, which answers one between two batches.</summary>
internal sealed class ControlQueue(LaneSignals signals)
{
    private readonly ConcurrentQueue<IControlQuestion> _questions = new();
    private volatile bool _closed;

    /// <summary>Adds a question and has a batch sent down for it, if none is on its way.</summary>
    internal void Post(IControlQuestion question)
    {
        _questions.Enqueue(question);
        if (_closed)
        {
            CancelAll(); // whoever closed may have looked before the question stood here
            return;
        }

        signals.RequestTick();
    }

    /// <summary>Answers the oldest question, if there is one; what has more to do goes behind the others.</summary>
    internal void AnswerOne(Translator translator, Timestamp now)
    {
        if (_questions.TryDequeue(out IControlQuestion? question))
        {
            if (!question.Answer(translator, now))
            {
                Post(question);
            }
            else if (!_questions.IsEmpty)
            {
                signals.RequestTick();
            }
        }
    }

    /// <summary>True if nothing waits.</summary>
    internal bool IsEmpty => _questions.IsEmpty;

    /// <summary>Answers nothing any more; who waits is told.</summary>
    internal void Close()
    {
        _closed = true;
        CancelAll();
    }

    private void CancelAll()
    {
        while (_questions.TryDequeue(out IControlQuestion? question))
        {
            question.Cancel();
        }
    }
}
