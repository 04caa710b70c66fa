using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>Refuses a pool that cannot hold for itself.</summary>
internal static class PoolValidation
{
    private const ushort FirstDynamicPort = 1024;
    private const string RangeClass = "Behavior.PreserveRangeClass";

    /// <summary>Returns if it can.</summary>
    /// <exception cref="InvalidOptionException">It cannot; the message says which option, and by what rule.</exception>
    public static void Validate(PoolOptions pool)
    {
        BehaviorValidation.Validate("Behavior", pool.Behavior);
        if (pool.TcpBehavior is TranslationBehavior tcp)
        {
            BehaviorValidation.Validate("TcpBehavior", tcp);
            BehaviorValidation.ValidateCommon(pool.Behavior, tcp);
        }

        ValidateAddresses(pool);
        ValidatePorts(pool);
        ValidateRangeClass(pool, pool.Behavior);
        ValidateRangeClass(pool, pool.TcpBehavior ?? pool.Behavior);
        if (pool.Deterministic is DeterministicOptions deterministic)
        {
            ValidateOwnPorts(pool, nameof(pool.Deterministic), deterministic.Prefix);
            _ = new DeterministicPorts(
                deterministic.Prefix, deterministic.Ratio, pool.ExternalAddresses, pool.Ports);
        }

        if (pool.Blocks is PortBlockOptions blocks)
        {
            ValidateBlocks(pool, blocks);
            ValidateOwnPorts(pool, nameof(pool.Blocks), blocks.Size);
        }
    }

    private static void ValidateAddresses(PoolOptions pool)
    {
        const string Key = nameof(pool.ExternalAddresses);
        IReadOnlyList<IPv4Address> addresses = pool.ExternalAddresses;
        OptionsValidation.Require(
            addresses.Count is >= 1 and <= TranslationOptions.MostExternalAddresses,
            Key, $"{addresses.Count} addresses", $"1 to {TranslationOptions.MostExternalAddresses} are needed");
        HashSet<IPv4Address> seen = [];
        foreach (IPv4Address address in addresses)
        {
            OptionsValidation.Require(
                address.IsUnicast, Key, address, "a host must be able to have it (RFC 1812 section 5.3.7)");
            OptionsValidation.Require(seen.Add(address), Key, address, "it is listed twice");
        }
    }

    private static void ValidatePorts(PoolOptions pool)
    {
        OptionsValidation.Require(
            pool.Ports.First >= 1 && pool.Ports.First <= pool.Ports.Last,
            nameof(pool.Ports), pool.Ports, "a range goes from 1 or more to the same or more");
        foreach (PortRange excluded in pool.ExcludedPorts)
        {
            OptionsValidation.Require(
                excluded.First <= excluded.Last,
                nameof(pool.ExcludedPorts), excluded, "a range goes from a port to the same or a higher one");
        }

        bool anyLeft = Enumerable.Range(pool.Ports.First, pool.Ports.Count)
            .Any(port => !pool.ExcludedPorts.Any(range => range.Contains(port)));
        OptionsValidation.Require(
            anyLeft, nameof(pool.ExcludedPorts), pool.Ports, "at least one port of the range must be left");
    }

    private static void ValidateRangeClass(PoolOptions pool, TranslationBehavior behavior)
        => OptionsValidation.Require(
            !behavior.PreserveRangeClass
                || (pool.Ports.First < FirstDynamicPort && pool.Ports.Last >= FirstDynamicPort),
            RangeClass, pool.Ports, "only a range with ports below 1024 and others has two classes (RFC 4787 REQ-3a)");

    private static void ValidateBlocks(PoolOptions pool, PortBlockOptions blocks)
    {
        OptionsValidation.Require(
            pool.Deterministic is null, nameof(pool.Blocks), blocks.Size,
            "ports are either given in blocks or computed (deterministic), not both");
        OptionsValidation.Require(
            blocks.Size >= 1 && blocks.Size <= pool.Ports.Count, "Blocks.Size", blocks.Size,
            $"a block is of 1 to {pool.Ports.Count} ports, all that there are");
        OptionsValidation.Require(
            blocks.MaxPerSubscriber is >= 1 and <= PortBlockOptions.MostPerSubscriber,
            "Blocks.MaxPerSubscriber", blocks.MaxPerSubscriber,
            $"1 to {PortBlockOptions.MostPerSubscriber} (RFC 6888 REQ-4)");
        OptionsValidation.Require(
            blocks.ReleaseDelay >= TimeSpan.Zero && blocks.ReleaseDelay <= TimeSpan.FromHours(1),
            "Blocks.ReleaseDelay", blocks.ReleaseDelay, "zero to an hour");
    }

    private static void ValidateOwnPorts(PoolOptions pool, string key, object value)
    {
        TranslationBehavior[] both = [pool.Behavior, pool.TcpBehavior ?? pool.Behavior];
        OptionsValidation.Require(
            !both.Any(one => one.Overload), key, value, "a port that several share is nobody's own: not together with "
                + "overload (RFC 7857 section 3)");
        OptionsValidation.Require(
            pool.Behavior.Pooling == PoolingBehavior.Paired, key, pool.Behavior.Pooling,
            "whoever has ports of his own has them all of one external address: pooling must be paired");
        OptionsValidation.Require(
            !both.Any(one => one.PreserveRangeClass), key, value, "nobody's own ports are of both classes: the range "
                + "class cannot be preserved");
        OptionsValidation.Require(
            !pool.ExcludedPorts.Any(gap => gap.First <= pool.Ports.Last && gap.Last >= pool.Ports.First),
            key, pool.Ports, "everybody has as many ports: none of the range may be excluded");
    }
}
