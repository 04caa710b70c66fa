using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Devices;
using NatEngine.Host.Planning;
using NatEngine.Host.Policy;
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
    GatewayRules? rules,
    TimeProvider clock)
{
    private readonly long _started = clock.GetTimestamp();

    /// <summary>Reads everything. The counters are read while packets pass: sums may be a few packets apart.</summary>
    internal async Task<Statistics> ReadAsync(CancellationToken cancellation)
    {
        (Dictionary<IpProtocol, long> sessions, int mappings, TranslationCounters translation) = await pipeline
            .AskAsync((translator, _) => (CountSessions(translator), translator.MappingCount, translator.Counters))
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
            LostLogLines = rules?.LostLines ?? 0,
            Translation = translation,
            Memory = ProcessMemory.Read(),
        };
    }

    // The usual three always, others if there are any.
    private static Dictionary<IpProtocol, long> CountSessions(Translator translator)
    {
        Dictionary<IpProtocol, long> sessions = [];
        for (int number = 0; number <= byte.MaxValue; number++)
        {
            IpProtocol protocol = (IpProtocol)number;
            int count = translator.SessionCountOf(protocol);
            if (count > 0 || protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Icmp)
            {
                sessions[protocol] = count;
            }
        }

        return sessions;
    }
}
