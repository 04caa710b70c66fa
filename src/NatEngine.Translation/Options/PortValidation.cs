using System.Linq;

namespace NatEngine.Translation;

/// <summary>Refuses ways of dividing ports that contradict each other or the ports that there are.</summary>
internal static class PortValidation
{
    private const string RangeClass = "Behavior.PreserveRangeClass";

    /// <summary>Returns if they can hold. What is wrong with ranges themselves has been refused before.</summary>
    /// <exception cref="InvalidOptionException">They cannot; the message says which, and by what rule.</exception>
    public static void Validate(TranslationOptions options)
    {
        TranslationBehavior behavior = options.Behavior;
        OptionsValidation.Require(
            !behavior.PreserveRangeClass || (options.Ports.First < 1024 && options.Ports.Last >= 1024),
            RangeClass, options.Ports, "only Ports with some below 1024 and some above have two classes (RFC 4787 "
                + "REQ-3a)");
        if (options.Deterministic is not DeterministicOptions deterministic)
        {
            return;
        }

        const string Key = nameof(options.Deterministic);
        OptionsValidation.Require(
            !behavior.Overload, Key, deterministic, "a port that several share is not one's own: not together with "
                + "Behavior.Overload");
        OptionsValidation.Require(
            behavior.Pooling == PoolingBehavior.Paired, Key, behavior.Pooling,
            "the external address is computed: Behavior.Pooling must be Paired");
        OptionsValidation.Require(
            !behavior.PreserveRangeClass, Key, deterministic, "nobody's ports are of both classes: not together with "
                + RangeClass);
        OptionsValidation.Require(
            !options.ExcludedPorts.Any(gap => gap.First <= options.Ports.Last && gap.Last >= options.Ports.First),
            Key, options.Ports, "everybody has as many ports: ExcludedPorts must be outside of Ports");
        _ = new DeterministicPorts(
            deterministic.Prefix, deterministic.Ratio, options.ExternalAddresses, options.Ports);
    }
}
