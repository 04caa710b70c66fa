using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.Packets;

namespace NatEngine.Host.Hosting;

/// <summary>Writes <see cref="Statistics"/> for people: a name first in each line, numbers behind it.</summary>
internal static class StatisticsText
{
    /// <summary>Writes it line by line.</summary>
    internal static void Write(Statistics statistics, Action<string> writeLine)
    {
        writeLine($"version {statistics.Version}");
        writeLine(string.Create(CultureInfo.InvariantCulture, $"uptime {statistics.Uptime.TotalSeconds:F0} s"));
        writeLine($"layout {statistics.Layout}");
        writeLine(string.Create(CultureInfo.InvariantCulture, $"lanes {statistics.Lanes}"));
        writeLine(string.Empty);
        writeLine(Line("", "internal", "external"));
        writeLine(Line("interface", statistics.InternalInterface, statistics.ExternalInterface));
        foreach ((string name, long internalCount, long externalCount) in Ports(statistics))
        {
            writeLine(Line(name, internalCount, externalCount));
        }

        writeLine(string.Empty);
        foreach ((string name, long count) in Tables(statistics))
        {
            writeLine(Line(name, count, string.Empty));
        }

        foreach ((string name, long count) in Memory(statistics))
        {
            writeLine(Line($"memory {name}", count, string.Empty));
        }

        writeLine(string.Empty);
        writeLine(Line("dropped", statistics.Pipeline.Drops.Values.Sum(), string.Empty));
        foreach ((DropReason reason, long count) in statistics.Pipeline.Drops.OrderBy(drop => drop.Key))
        {
            writeLine(Line("  " + reason, count, string.Empty));
        }
    }

    /// <summary>What each of the two sides counted, with its names.</summary>
    internal static IEnumerable<(string Name, long Internal, long External)> Ports(Statistics statistics)
    {
        Pipeline.PortCounters inside = statistics.Pipeline.Internal;
        Pipeline.PortCounters outside = statistics.Pipeline.External;
        Devices.DeviceStatistics insideDevice = statistics.InternalDevice;
        Devices.DeviceStatistics outsideDevice = statistics.ExternalDevice;
        yield return ("received packets", inside.ReceivedFrames, outside.ReceivedFrames);
        yield return ("received octets", inside.ReceivedOctets, outside.ReceivedOctets);
        yield return ("sent packets", inside.TransmittedFrames, outside.TransmittedFrames);
        yield return ("sent octets", inside.TransmittedOctets, outside.TransmittedOctets);
        yield return ("left to kernel", inside.LeftToKernel, outside.LeftToKernel);
        yield return ("ring drops", insideDevice.RingDrops, outsideDevice.RingDrops);
        yield return (
            "received in threads", statistics.InternalInThreads ? 1 : 0, statistics.ExternalInThreads ? 1 : 0);
        yield return ("receive switches", statistics.InternalReceiveSwitches, statistics.ExternalReceiveSwitches);
        yield return ("truncated", insideDevice.TruncatedFrames, outsideDevice.TruncatedFrames);
        yield return ("send retries", insideDevice.TransmitRetries, outsideDevice.TransmitRetries);
        yield return ("send failures", insideDevice.TransmitFailures, outsideDevice.TransmitFailures);
        yield return ("arp requests received", inside.Arp.RequestsReceived, outside.Arp.RequestsReceived);
        yield return ("arp replies received", inside.Arp.RepliesReceived, outside.Arp.RepliesReceived);
        yield return ("arp requests sent", inside.Arp.RequestsSent, outside.Arp.RequestsSent);
        yield return ("arp replies sent", inside.Arp.RepliesSent, outside.Arp.RepliesSent);
        yield return ("arp conflicts", inside.Arp.Conflicts, outside.Arp.Conflicts);
    }

    /// <summary>What translation counted, with its names.</summary>
    internal static IEnumerable<(string Name, long Count)> Tables(Statistics statistics)
    {
        yield return ("sessions", statistics.Sessions.Values.Sum());
        foreach ((IpProtocol protocol, long count) in statistics.Sessions.OrderBy(one => one.Key))
        {
            yield return ($"sessions {protocol.ToString().ToLowerInvariant()}", count);
        }

        yield return ("sessions at most", statistics.MaxSessions);
        yield return ("sessions created", statistics.Translation.SessionsCreated);
        yield return ("sessions expired", statistics.Translation.SessionsExpired);
        yield return ("sessions deleted", statistics.Translation.SessionsDeleted);
        yield return ("mappings", statistics.Mappings);
        yield return ("mappings created", statistics.Translation.MappingsCreated);
        yield return ("mappings ended", statistics.Translation.MappingsEnded);
        yield return ("log lines lost", statistics.LostLogLines);
        yield return ("handed over", statistics.HandedFrames);
    }

    /// <summary>What memory the process holds, with its names.</summary>
    internal static IEnumerable<(string Name, long Count)> Memory(Statistics statistics)
    {
        yield return ("resident octets", statistics.Memory.Resident);
        yield return ("heap octets", statistics.Memory.Heap);
        yield return ("heap committed octets", statistics.Memory.HeapCommitted);
        yield return ("collections", statistics.Memory.Collections);
    }

    private static string Line(string name, object first, object second)
        => string.Create(CultureInfo.InvariantCulture, $"{name,-28}{first,20}{second,20}").TrimEnd();
}
