using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Devices;
using NatEngine.Host.Planning;
using NatEngine.Host.Policy;
using NatEngine.Host.Receiving;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Hosting;

/// <summary>Gathers <see cref="Statistics"/> from the parts of a running gateway.</summary>
internal sealed class StatisticsReader(
    GatewayPlan plan, LaneAssembly assembly, GatewayReceiving receiving, GatewayRules? rules, TimeProvider clock)
{
    private readonly long _started = clock.GetTimestamp();

    /// <summary>Reads everything. The counters are read while packets pass: sums may be a few packets apart.</summary>
    internal async Task<Statistics> ReadAsync(CancellationToken cancellation)
    {
        (Dictionary<IpProtocol, long> Sessions, int Mappings, TranslationCounters Translation)[] lanes =
            await assembly.Lanes
                .AskAsync((translator, _) => (CountSessions(translator), translator.MappingCount, translator.Counters))
                .WaitAsync(cancellation).ConfigureAwait(false);
        return new Statistics
        {
            Version = EngineBuild.Version,
            Uptime = clock.GetElapsedTime(_started),
            Layout = plan.Layout,
            InternalInterface = plan.Internal.Name,
            ExternalInterface = plan.External.Name,
            Lanes = assembly.Lanes.Count,
            HandedFrames = assembly.Exchange?.HandedFrames ?? 0,
            Pipeline = assembly.Lanes.ReadCounters(),
            InternalDevice = Sum(assembly.InternalDevices),
            ExternalDevice = Sum(assembly.ExternalDevices),
            InternalInThreads = receiving.Internal.IsInThreads,
            ExternalInThreads = receiving.External.IsInThreads,
            InternalReceiveSwitches = receiving.Internal.Switches,
            ExternalReceiveSwitches = receiving.External.Switches,
            Sessions = lanes.SelectMany(lane => lane.Sessions)
                .GroupBy(one => one.Key, one => one.Value)
                .ToDictionary(one => one.Key, one => one.Sum()),
            MaxSessions = plan.Translation.MaxSessions,
            Mappings = lanes.Sum(lane => lane.Mappings),
            LostLogLines = rules?.LostLines ?? 0,
            Translation = Sum(lanes.Select(lane => lane.Translation)),
            Memory = ProcessMemory.Read(),
        };
    }

    /// <summary>Counts the frames that came to all rings, and those of them that found no slot. From any
    /// thread.</summary>
    internal (long Received, long Lost) CountReceived()
    {
        DeviceStatistics inside = Sum(assembly.InternalDevices);
        DeviceStatistics outside = Sum(assembly.ExternalDevices);
        return (inside.ReceivedFrames + outside.ReceivedFrames, inside.RingDrops + outside.RingDrops);
    }

    private static DeviceStatistics Sum(IReadOnlyList<AfPacketDevice> devices)
    {
        DeviceStatistics[] all = [.. devices.Select(device => device.ReadStatistics())];
        return new DeviceStatistics(
            all.Sum(one => one.ReceivedFrames),
            all.Sum(one => one.TransmittedFrames),
            all.Sum(one => one.RingDrops),
            all.Sum(one => one.TruncatedFrames),
            all.Sum(one => one.TransmitRetries),
            all.Sum(one => one.TransmitFailures));
    }

    private static TranslationCounters Sum(IEnumerable<TranslationCounters> lanes)
        => lanes.Aggregate((one, other) => new TranslationCounters(
            one.SessionsCreated + other.SessionsCreated,
            one.SessionsExpired + other.SessionsExpired,
            one.SessionsDeleted + other.SessionsDeleted,
            one.MappingsCreated + other.MappingsCreated,
            one.MappingsEnded + other.MappingsEnded));

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
