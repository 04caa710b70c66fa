using System;
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
        if (options.Deterministic is DeterministicOptions deterministic)
        {
            ValidateOwnPorts(options, nameof(options.Deterministic), deterministic);
            _ = new DeterministicPorts(
                deterministic.Prefix, deterministic.Ratio, options.ExternalAddresses, options.Ports);
        }

        if (options.Blocks is PortBlockOptions blocks)
        {
            ValidateOwnPorts(options, nameof(options.Blocks), blocks);
            ValidateBlocks(options, blocks);
        }
    }

    private static void ValidateBlocks(TranslationOptions options, PortBlockOptions blocks)
    {
        OptionsValidation.Require(
            options.Deterministic is null, nameof(options.Blocks), blocks,
            "a port is either given or computed: not together with Deterministic");
        OptionsValidation.Require(
            blocks.Size >= 1 && blocks.Size <= options.Ports.Count, "Blocks.Size", blocks.Size,
            $"a block is of 1 to {options.Ports.Count} ports, all that Ports has");
        OptionsValidation.Require(
            blocks.MaxPerSubscriber is >= 1 and <= 1024,
            "Blocks.MaxPerSubscriber", blocks.MaxPerSubscriber, "1 to 1024 (RFC 6888 REQ-4)");
        OptionsValidation.Require(
            blocks.ReleaseDelay >= TimeSpan.Zero && blocks.ReleaseDelay <= TimeSpan.FromHours(1),
            "Blocks.ReleaseDelay", blocks.ReleaseDelay, "zero to an hour");
    }

    private static void ValidateOwnPorts(TranslationOptions options, string key, object value)
    {
        TranslationBehavior behavior = options.Behavior;
        OptionsValidation.Require(
            !behavior.Overload, key, value, "a port that several share is not one's own: not together with "
                + "Behavior.Overload");
        OptionsValidation.Require(
            behavior.Pooling == PoolingBehavior.Paired, key, behavior.Pooling,
            "one's ports are all of one external address: Behavior.Pooling must be Paired");
        OptionsValidation.Require(
            !behavior.PreserveRangeClass, key, value, "nobody's ports are of both classes: not together with "
                + RangeClass);
        OptionsValidation.Require(
            !options.ExcludedPorts.Any(gap => gap.First <= options.Ports.Last && gap.Last >= options.Ports.First),
            key, options.Ports, "everybody has as many ports: ExcludedPorts must be outside of Ports");
    }
}
