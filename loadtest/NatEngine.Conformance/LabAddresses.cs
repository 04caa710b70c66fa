using System.Collections.Generic;
using System.Linq;
using NatEngine.Lab;

namespace NatEngine.Conformance;

/// <summary>What the interfaces and addresses of a configuration become in the lab.</summary>
public static class LabAddresses
{
    /// <summary>External addresses at most.</summary>
    public const int MostExternal = 64;

    /// <summary>The interface towards the internal hosts.</summary>
    public const string InternalInterface = NatTopology.InternalInterface;

    /// <summary>The interface towards the outside.</summary>
    public const string ExternalInterface = NatTopology.ExternalInterface;

    /// <summary>What is internal.</summary>
    public const string InternalPrefix = "100.64.0.0/16";

    /// <summary>The internal host that published services lead to. No probe uses it.</summary>
    public const string PublishedHost = "100.64.31.250";

    /// <summary>Where destinations are that are not translated, if any are.</summary>
    public const string UntranslatedPrefix = "198.51.100.0/24";

    /// <summary>The external addresses of a NAT that has so many of its own, from 203.0.113.100 on.</summary>
    public static IReadOnlyList<string> External(int count)
        => [.. Enumerable.Range(100, int.Min(count, MostExternal)).Select(last => $"203.0.113.{last}")];
}
