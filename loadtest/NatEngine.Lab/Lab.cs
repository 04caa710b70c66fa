using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;

namespace NatEngine.Lab;

/// <summary>
/// A network of hosts and links that exists only in this machine's kernel: each <see cref="LabHost"/> is a network
/// namespace, each <see cref="LabLink"/> a pair of virtual interfaces. Nothing of it touches the machine's own
/// interfaces, routes or rules.
/// </summary>
/// <remarks>
/// <para>Goes away when disposed of, when this process ends or is told to (SIGINT, SIGTERM, SIGHUP), and, if it was
/// killed, when any process next makes a lab or calls <see cref="RemoveStale"/>. Whatever still runs in the lab's
/// namespaces then is killed.</para>
/// <para>On a signal the lab is removed first and then the signal does what it would have done. A program that wants to
/// measure on while it shuts down must not rely on its labs.</para>
/// <para>Safe for use from several threads, but one at a time is to change the interfaces of one host.</para>
/// </remarks>
public sealed class Lab : IDisposable
{
    private const string Prefix = "nel-";

    private static readonly ConcurrentDictionary<string, Lab> Live = new();
    private static readonly CancellationTokenSource EndingSource = new();
    private static readonly Lazy<IReadOnlyList<PosixSignalRegistration>> EndOfProcess = new(RegisterEndOfProcess);
    private static int _count;

    // Held while a part of the lab is made or all of it removed, so that a removal, which a signal may start at any
    // moment, finds every part whole or not begun; and so that nobody takes the lab for removed who only came second.
    private readonly Lock _changing = new();
    private readonly ConcurrentDictionary<string, LabHost> _hosts = new();
    private bool _disposed;

    private Lab(string name)
    {
        Name = name;
        Id = $"{Environment.ProcessId}.{Interlocked.Increment(ref _count)}";
    }

    /// <summary>Cancelled when this process ends or is told to, before its labs are removed: what fails from then on
    /// fails because of that.</summary>
    public static CancellationToken Ending => EndingSource.Token;

    /// <summary>What the lab is for, in one word.</summary>
    public string Name { get; }

    /// <summary>Tells this lab from all others on the machine; part of its namespaces' names.</summary>
    public string Id { get; }

    /// <summary>The hosts, in no order.</summary>
    public IReadOnlyCollection<LabHost> Hosts => [.. _hosts.Values];

    /// <summary>Makes an empty lab, after removing what dead processes left of theirs.</summary>
    /// <exception cref="LabException">This process may not, or is ending, or a program is missing.</exception>
    public static Lab Create(string name)
    {
        LabRequirements.Check();
        RequireWord(name);
        RemoveStale();
        _ = EndOfProcess.Value;
        Lab lab = new(name);
        OwnerRecord.Write(lab.Id, name);
        Live[lab.Id] = lab;
        if (Ending.IsCancellationRequested)
        {
            lab.Dispose();
            throw new LabException($"This process is ending: no lab '{name}' is made any more.");
        }

        return lab;
    }

    /// <summary>Removes the labs of processes that are gone. Labs in use, and what no lab made, stay.</summary>
    /// <returns>How many labs were removed.</returns>
    public static int RemoveStale()
    {
        IReadOnlyList<string> stale = OwnerRecord.FindStale();
        foreach (string id in stale)
        {
            BorrowedInterfaces.GiveBack(id);
            NamespaceRemoval.Remove(NamespaceRemoval.WithPrefix($"{Prefix}{id}-"));
            OwnerRecord.Remove(id);
        }

        return stale.Count;
    }

    /// <summary>Adds a host: a network namespace of its own, loopback up, IPv6 off so that the only frames on its links
    /// are those that somebody sent on purpose, not forwarding.</summary>
    /// <exception cref="LabException">There is a host of that name, or the kernel would not.</exception>
    public LabHost AddHost(string name)
    {
        RequireWord(name);
        LabHost host = new(name, $"{Prefix}{Id}-{name}");
        lock (_changing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_hosts.TryAdd(name, host))
            {
                throw new LabException($"Lab {Name} already has a host '{name}'.");
            }

            host.Create();
        }

        return host;
    }

    /// <summary>Joins two hosts with a virtual cable, both ends up.</summary>
    /// <param name="first">One host.</param>
    /// <param name="firstInterface">Name of the new interface there, at most 15 characters.</param>
    /// <param name="second">The other host; may be the same.</param>
    /// <param name="secondInterface">Name of the new interface there.</param>
    /// <param name="mtu">Largest packet, in octets of IP.</param>
    /// <param name="offloads">Whether the two ends may pass super-frames and unfinished checksums to each other, as
    /// virtual interfaces do by default. Without, every frame on the cable is one that could be on a real wire.</param>
    /// <exception cref="LabException">A name is taken or too long, or the kernel would not.</exception>
    public LabLink Connect(
        LabHost first,
        string firstInterface,
        LabHost second,
        string secondInterface,
        int mtu = LabLink.DefaultMtu,
        bool offloads = true)
    {
        LabLink link = new(first, firstInterface, second, secondInterface, mtu);
        lock (_changing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            link.Create(offloads);
        }

        return link;
    }

    /// <summary>Moves one of the machine's own interfaces to a host, until the lab goes: then it is back under its
    /// name, also if this process was killed and another removed the lab. It arrives down and without addresses.
    /// </summary>
    /// <remarks>The one exception to touching nothing of the machine's. The caller has made sure that the machine can
    /// do without the interface.</remarks>
    /// <param name="interfaceName">The interface, as the machine calls it.</param>
    /// <param name="host">Where it goes.</param>
    /// <param name="nameThere">Its name there.</param>
    /// <exception cref="LabException">There is no such interface, or the kernel would not.</exception>
    public void Borrow(string interfaceName, LabHost host, string nameThere)
    {
        lock (_changing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            BorrowedInterfaces.Lend(Id, interfaceName, host, nameThere);
        }
    }

    /// <summary>Removes the lab: kills what runs in it, and takes its namespaces and links away. Whoever calls, it is
    /// gone when the call returns.</summary>
    public void Dispose()
    {
        lock (_changing)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            BorrowedInterfaces.GiveBack(Id);
            NamespaceRemoval.Remove([.. _hosts.Values.Select(host => host.Namespace)]);
            OwnerRecord.Remove(Id);
            Live.TryRemove(Id, out _);
        }
    }

    private static void RequireWord(string name)
    {
        if (string.IsNullOrEmpty(name) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            throw new LabException($"'{name}' is no name for a part of a lab: use letters, digits, '-' and '_'.");
        }
    }

    private static PosixSignalRegistration[] RegisterEndOfProcess()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => DisposeAll();
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        return [.. signals.Select(signal => PosixSignalRegistration.Create(signal, _ => DisposeAll()))];
    }

    private static void DisposeAll()
    {
        EndingSource.Cancel();
        foreach (Lab lab in Live.Values)
        {
            lab.Dispose();
        }
    }
}
