using System.Runtime.CompilerServices;

namespace NatEngine.Translation.Tables;

/// <summary>One value for each <see cref="TupleDirection"/> of a session, indexed by it.</summary>
[InlineArray(2)]
internal struct Pair<T>
{
    private T _original;
}
