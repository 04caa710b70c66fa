using System;

namespace NatEngine.Translation;

/// <summary>Refuses a contract that contradicts itself.</summary>
internal static class BehaviorValidation
{
    /// <summary>Returns if it can hold.</summary>
    /// <param name="key">What to call it.</param>
    /// <param name="behavior">The contract.</param>
    /// <exception cref="InvalidOptionException">It cannot; the message says which dimension, and by what rule.
    /// </exception>
    public static void Validate(string key, TranslationBehavior behavior)
    {
        OptionsValidation.Require(
            !behavior.Overload || behavior.Mapping == MappingBehavior.AddressAndPortDependent,
            key + ".Mapping", behavior.Mapping, "with overload a port is shared by several internal ends and cannot "
                + "be the only one of any of them (RFC 7857 section 3): must be address-and-port-dependent");
        OptionsValidation.Require(
            !behavior.Overload || behavior.Filtering == FilteringBehavior.AddressAndPortDependent,
            key + ".Filtering", behavior.Filtering, "with overload a stranger's packet to a shared port could be for "
                + "any of its owners (RFC 7857 section 3): must be address-and-port-dependent");
        OptionsValidation.Require(
            behavior.Overload || !behavior.ReuseSourcePort,
            key + ".ReuseSourcePort", behavior.ReuseSourcePort, "without overload the mapping behaviour says which "
                + "sessions have the same port: only together with overload");
        OptionsValidation.Require(
            behavior.Quarantine >= TimeSpan.Zero && behavior.Quarantine <= TimeSpan.FromHours(1),
            key + ".Quarantine", behavior.Quarantine, "zero to an hour");
        OptionsValidation.Require(
            behavior.Quarantine == TimeSpan.Zero || !behavior.Overload || key != "Behavior",
            key + ".Quarantine", behavior.Quarantine, "a port that several sessions share is never free of all of "
                + "them: not together with overload");
        OptionsValidation.Require(
            behavior.MaxQuarantined is >= 1 and <= TranslationBehavior.MostQuarantined,
            key + ".MaxQuarantined", behavior.MaxQuarantined, $"1 to {TranslationBehavior.MostQuarantined}");
    }

    /// <summary>Returns if the contract for TCP has in common with the other what it must.</summary>
    /// <exception cref="InvalidOptionException">It has not.</exception>
    public static void ValidateCommon(TranslationBehavior behavior, TranslationBehavior tcp)
    {
        OptionsValidation.Require(
            tcp.Pooling == behavior.Pooling, "TcpBehavior.Pooling", tcp.Pooling,
            "an internal address has one external address for all protocols (RFC 6888 REQ-2): must be that of UDP");
        OptionsValidation.Require(
            tcp.Quarantine == behavior.Quarantine && tcp.MaxQuarantined == behavior.MaxQuarantined,
            "TcpBehavior.Quarantine", tcp.Quarantine, "TCP ports are exempt from it: must be that of UDP");
    }
}
