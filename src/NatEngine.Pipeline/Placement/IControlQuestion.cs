using NatEngine.Translation;

namespace NatEngine.Pipeline.Placement;

/// <summary>Something that another thread wants done on the thread that owns the tables, whatever the answer's type.
/// </summary>
internal interface IControlQuestion
{
    /// <summary>Does it, or a slice of it, and hands the answer, or what went wrong, to who asked.</summary>
    /// <returns>False if there is more to do, between two other batches.</returns>
    bool Answer(Translator translator, Timestamp now);

    /// <summary>Tells who asked that there will be no answer.</summary>
    void Cancel();
}
