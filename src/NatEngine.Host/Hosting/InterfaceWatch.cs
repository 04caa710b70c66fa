using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using NatEngine.Devices;
using NatEngine.Host.Planning;

namespace NatEngine.Host.Hosting;

/// <summary>Watches the gateway's interfaces while it runs: says when one is no longer what it was at start, and when
/// one is removed, with which the rings on it have come to their end.</summary>
/// <remarks>An interface that goes down and up again is the same. One that is made anew under the same name is not: the
/// kernel gives the rings nothing of it, and has no guard there.</remarks>
internal sealed class InterfaceWatch : IDisposable
{
    private readonly IReadOnlyList<HostInterface> _interfaces;
    private readonly string[] _said;
    private readonly HashSet<string> _names;
    private readonly ILogger _logger;
    private readonly NetlinkMonitor _monitor = new();
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private volatile bool _stop;

    /// <summary>Begins to watch, in the network namespace of the calling thread.</summary>
    /// <param name="interfaces">The interfaces, as they were read at start.</param>
    /// <param name="logger">Is told of changes.</param>
    /// <exception cref="DeviceException">The kernel gave an error.</exception>
    internal InterfaceWatch(IReadOnlyList<HostInterface> interfaces, ILogger logger)
    {
        _interfaces = interfaces;
        _said = [.. interfaces.Select(_ => string.Empty)];
        _names = [.. interfaces.Select(one => one.Name)];
        _logger = logger;
        _thread = new Thread(Watch) { Name = "interfaces", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Faulted, with a <see cref="DeviceException"/> that names it, when an interface has been removed; else
    /// never done.</summary>
    internal Task Gone => _gone.Task;

    /// <summary>All the names that the interfaces have had since. To be asked when this has been disposed of.</summary>
    internal IReadOnlyCollection<string> Names => _names;

    public void Dispose()
    {
        _stop = true;
        _monitor.Wake();
        _thread.Join();
        _monitor.Dispose();
    }

    private void Watch()
    {
        try
        {
            // Once at first: what was read at start is older than the monitor.
            for (NetworkChanges changes = NetworkChanges.All; !_stop; changes = _monitor.Wait(Timeout.Infinite))
            {
                if (changes.HasFlag(NetworkChanges.Links))
                {
                    Look(Netlink.ReadLinks());
                }
            }
        }
        catch (DeviceException error)
        {
            // Who isn't told of changes forwards as well as before.
            GatewayLog.Warn(_logger, $"the interfaces are watched no longer: {error.Message}");
        }
    }

    private void Look(IReadOnlyList<LinkState> links)
    {
        for (int place = 0; place < _interfaces.Count; place++)
        {
            HostInterface one = _interfaces[place];
            if (links.FirstOrDefault(link => link.Index == one.Index) is not { Index: > 0 } found)
            {
                _gone.TrySetException(new DeviceException($"{one.Name}: the interface was removed"));
                continue;
            }

            _names.Add(found.Name);
            string changes = string.Join(", ", ChangesOf(one, found));
            if (changes != _said[place] && changes.Length > 0)
            {
                GatewayLog.InterfaceChanged(_logger, one.Name, changes);
            }

            _said[place] = changes;
        }
    }

    private static IEnumerable<string> ChangesOf(HostInterface before, LinkState now)
    {
        if (now.Name != before.Name)
        {
            yield return $"it is called {now.Name}";
        }

        if (now.Mtu != before.Mtu)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"its MTU is {now.Mtu}, not {before.Mtu}");
        }

        if (MachineReader.StationOf(now) != before.HardwareAddress)
        {
            yield return $"its hardware address is {MachineReader.StationOf(now)}, not {before.HardwareAddress}";
        }
    }
}
