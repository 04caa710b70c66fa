namespace NatEngine.Translation.Policy;

/// <summary>Where rules are asked (NF_INET_*): the built-in chains that natengine has.</summary>
internal enum RuleHook
{
    /// <summary>Table nat, PREROUTING.</summary>
    Prerouting,

    /// <summary>Table filter, FORWARD.</summary>
    Forward,

    /// <summary>Table nat, POSTROUTING.</summary>
    Postrouting,
}
