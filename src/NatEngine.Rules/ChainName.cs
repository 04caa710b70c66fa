namespace NatEngine.Rules;

/// <summary>The names of the built-in chains, which are those of netfilter's hooks.</summary>
public static class ChainName
{
    /// <summary>The longest name that a chain may have, in characters (XT_EXTENSION_MAXNAMELEN less the zero).
    /// </summary>
    public const int MaxLength = 28;

    /// <summary>Before the route is known.</summary>
    public const string Prerouting = "PREROUTING";

    /// <summary>Packets for the host itself.</summary>
    public const string Input = "INPUT";

    /// <summary>Packets that go through.</summary>
    public const string Forward = "FORWARD";

    /// <summary>Packets of the host itself.</summary>
    public const string Output = "OUTPUT";

    /// <summary>Before a packet leaves.</summary>
    public const string Postrouting = "POSTROUTING";
}
