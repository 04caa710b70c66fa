using System.Collections.Generic;
using System.Linq;
using NatEngine.Host.Planning;
using NatEngine.Translation;

namespace NatEngine.Host.Explaining;

/// <summary>What an operator calls the parts of a gateway.</summary>
/// <param name="Internal">The interface towards the internal hosts.</param>
/// <param name="External">The interface towards the outside.</param>
/// <param name="Pools">The pools, by number.</param>
internal sealed record GatewayNames(string Internal, string External, IReadOnlyList<string> Pools)
{
    /// <summary>Those of a gateway.</summary>
    internal static GatewayNames Of(GatewayPlan plan) => new(
        plan.Internal.Name, plan.External.Name, [.. plan.Translation.AllPools().Select(pool => pool.Name)]);

    /// <summary>The interface of a side.</summary>
    internal string Of(Realm realm) => realm == Realm.Internal ? Internal : External;

    /// <summary>The side of an interface; null if it is none of the gateway's.</summary>
    internal Realm? RealmOf(string interfaceName)
        => interfaceName == Internal ? Realm.Internal : interfaceName == External ? Realm.External : null;
}
