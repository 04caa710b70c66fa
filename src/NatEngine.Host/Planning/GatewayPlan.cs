using System;
using System.Collections.Generic;
using NatEngine.Host.Guarding;
using NatEngine.Host.Policy;
using NatEngine.Packets;
using NatEngine.Pipeline;
using NatEngine.Translation;

namespace NatEngine.Host.Planning;

/// <summary>What will be run: the settings held against the machine, nothing left open.</summary>
internal sealed record GatewayPlan
{
    /// <summary>The interface towards the internal hosts.</summary>
    internal required HostInterface Internal { get; init; }

    /// <summary>The interface towards the outside.</summary>
    internal required HostInterface External { get; init; }

    /// <summary>Whose the external addresses are.</summary>
    internal required AddressMode Mode { get; init; }

    /// <summary>The external address that is the host's too; null if none is.</summary>
    internal IPv4Address? SharedAddress { get; init; }

    /// <summary>What the pipeline knows of the internal link.</summary>
    internal required GatewayPort InternalPort { get; init; }

    /// <summary>What the pipeline knows of the external link.</summary>
    internal required GatewayPort ExternalPort { get; init; }

    /// <summary>How packets are translated.</summary>
    internal required TranslationOptions Translation { get; init; }

    /// <summary>The rules; null if there are none.</summary>
    internal RulePlan? Rules { get; init; }

    /// <summary>Who is whose, if there are several lanes; null if there is one.</summary>
    internal LaneDivision? Lanes { get; init; }

    /// <summary>Which stages share a thread.</summary>
    internal required PipelineLayout Layout { get; init; }

    /// <summary>Why that layout, in words.</summary>
    internal required string LayoutReason { get; init; }

    /// <summary>How long a thread looks for work before it sleeps.</summary>
    internal required TimeSpan IdleSpin { get; init; }

    /// <summary>What the guard must keep from the kernel.</summary>
    internal required GuardPlan Guard { get; init; }

    /// <summary>What works, but perhaps not as the operator thinks; a sentence each.</summary>
    internal required IReadOnlyList<string> Warnings { get; init; }
}
