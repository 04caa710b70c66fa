using NatEngine.Packets;

namespace NatEngine.Translation.Tables;

/// <summary>Where a <see cref="TupleIndex{TKeys}"/> finds the whole tuples that it holds references to.</summary>
internal interface ITupleKeys
{
    /// <summary>True if <paramref name="reference"/> stands for exactly <paramref name="tuple"/>.</summary>
    bool Holds(uint reference, FlowTuple tuple);
}
