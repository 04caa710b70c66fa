using System;
using System.Collections.Generic;

namespace NatEngine.Rules;

/// <summary>The tables of iptables and the chains that each has from the start (iptables(8), TABLES).</summary>
public static class TableName
{
    /// <summary>Asked before a packet's session is looked up.</summary>
    public const string Raw = "raw";

    /// <summary>Changes packets.</summary>
    public const string Mangle = "mangle";

    /// <summary>Translates; asked for the first packet of a session.</summary>
    public const string Nat = "nat";

    /// <summary>Accepts and refuses.</summary>
    public const string Filter = "filter";

    /// <summary>Mandatory access control.</summary>
    public const string Security = "security";

    /// <summary>All tables there are, in the order in which a packet meets them.</summary>
    public static IReadOnlyList<string> All { get; } = [Raw, Mangle, Nat, Filter, Security];

    /// <summary>The built-in chains of <paramref name="table"/> in the order of iptables-save; none if there is no such
    /// table.</summary>
    public static IReadOnlyList<string> BuiltInChains(string table) => table switch
    {
        Raw => [ChainName.Prerouting, ChainName.Output],
        Mangle => [ChainName.Prerouting, ChainName.Input, ChainName.Forward, ChainName.Output, ChainName.Postrouting],
        Nat => [ChainName.Prerouting, ChainName.Input, ChainName.Output, ChainName.Postrouting],
        Filter or Security => [ChainName.Input, ChainName.Forward, ChainName.Output],
        _ => Array.Empty<string>(),
    };

    /// <summary>True for the chains that natengine asks. The others are about packets from or to the host itself, which
    /// are the kernel's business.</summary>
    public static bool IsOurs(string table, string chain) => (table, chain)
        is (Nat, ChainName.Prerouting) or (Nat, ChainName.Postrouting) or (Filter, ChainName.Forward);
}
