using System.Globalization;

namespace NatEngine.Host.Settings;

/// <summary>A setting's names.</summary>
/// <param name="Path">Where it stands in natengine.json, levels joined by a colon.</param>
/// <param name="Noun">What it is, in a message.</param>
/// <param name="Option">The command-line option that sets it, if one does.</param>
/// <param name="IsList">Whether it takes several values.</param>
/// <param name="InPool">Its path in an element of <c>pools</c>; null if a pool has no such setting.</param>
internal sealed record SettingKey(
    string Path, string Noun, string? Option = null, bool IsList = false, string? InPool = null)
{
    /// <summary>The list that pools are elements of.</summary>
    internal const string Pools = "pools";

    /// <summary>The same setting of one pool.</summary>
    /// <param name="pool">The pool's place in the list; null for the pool that is not in it.</param>
    internal SettingKey Of(int? pool)
        => pool is int place
            ? this with
            {
                Path = string.Create(CultureInfo.InvariantCulture, $"{Pools}:{place}:{InPool}"),
                Option = null,
            }
            : this;
}
