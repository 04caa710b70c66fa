using System;
using System.Collections.Generic;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Pipeline;
using NatEngine.Translation;

namespace NatEngine.Host.Hosting;

/// <summary>What the gateway counted, at one moment.</summary>
internal sealed record Statistics
{
    /// <summary>Version and commit of the engine.</summary>
    internal required string Version { get; init; }

    /// <summary>How long it has been running.</summary>
    internal required TimeSpan Uptime { get; init; }

    /// <summary>Which stages share a thread.</summary>
    internal required PipelineLayout Layout { get; init; }

    /// <summary>How many lanes there are.</summary>
    internal int Lanes { get; init; } = 1;

    /// <summary>Frames that one lane has handed to another.</summary>
    internal long HandedFrames { get; init; }

    /// <summary>The internal interface.</summary>
    internal required string InternalInterface { get; init; }

    /// <summary>The external interface.</summary>
    internal required string ExternalInterface { get; init; }

    /// <summary>What passed through the pipeline, and what it dropped.</summary>
    internal required PipelineCounters Pipeline { get; init; }

    /// <summary>What the internal device counted.</summary>
    internal required DeviceStatistics InternalDevice { get; init; }

    /// <summary>What the external device counted.</summary>
    internal required DeviceStatistics ExternalDevice { get; init; }

    /// <summary>Whether the gateway has the kernel receive the internal interface in threads.</summary>
    internal bool InternalInThreads { get; init; }

    /// <summary>The same of the external interface.</summary>
    internal bool ExternalInThreads { get; init; }

    /// <summary>How often the gateway has changed that of the internal interface.</summary>
    internal long InternalReceiveSwitches { get; init; }

    /// <summary>The same of the external interface.</summary>
    internal long ExternalReceiveSwitches { get; init; }

    /// <summary>Sessions that live, by protocol.</summary>
    internal required IReadOnlyDictionary<IpProtocol, long> Sessions { get; init; }

    /// <summary>Sessions at most.</summary>
    internal required int MaxSessions { get; init; }

    /// <summary>Mappings that live.</summary>
    internal required int Mappings { get; init; }

    /// <summary>Packets that LOG rules have seen and that could not be written.</summary>
    internal required long LostLogLines { get; init; }

    /// <summary>What translation has done.</summary>
    internal required TranslationCounters Translation { get; init; }

    /// <summary>What memory the process holds.</summary>
    internal required ProcessMemory Memory { get; init; }
}
