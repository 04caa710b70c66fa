using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Devices;
using NatEngine.Host.Planning;
using NatEngine.Packets;
using NatEngine.Pipeline;
using NatEngine.Translation;

namespace NatEngine.Host.Hosting;

/// <summary>Gathers <see cref="Statistics"/> from the parts of a running gateway.</summary>
internal sealed class StatisticsReader(
    GatewayPlan plan,
    GatewayPipeline pipeline,
    IPacketDevice internalDevice,
    IPacketDevice externalDevice,
    TimeProvider clock)
{
    private readonly long _started = clock.GetTimestamp();

    /// <summary>Reads everything. The counters are read while packets pass: sums may be a few packets apart.</summary>
    internal async Task<Statistics> ReadAsync(CancellationToken cancellation)
    {
        Dictionary<IpProtocol, long> sessions = new()
        {
            [IpProtocol.Tcp] = 0,
            [IpProtocol.Udp] = 0,
            [IpProtocol.Icmp] = 0,
        };
        await foreach (SessionSnapshot session in
            pipeline.ListSessionsAsync(cancellation).WithCancellation(cancellation).ConfigureAwait(false))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(sessions, session.Protocol, out _)++;
        }

        (int mappings, TranslationCounters translation) = await pipeline
            .AskAsync((translator, _) => (translator.MappingCount, translator.Counters))
            .WaitAsync(cancellation).ConfigureAwait(false);
        return new Statistics
        {
            Version = EngineBuild.Version,
            Uptime = clock.GetElapsedTime(_started),
            Layout = plan.Layout,
            InternalInterface = plan.Internal.Name,
            ExternalInterface = plan.External.Name,
            Pipeline = pipeline.ReadCounters(),
            InternalDevice = internalDevice.ReadStatistics(),
            ExternalDevice = externalDevice.ReadStatistics(),
            Sessions = sessions,
            MaxSessions = plan.Translation.MaxSessions,
            Mappings = mappings,
            Translation = translation,
        };
    }
}
