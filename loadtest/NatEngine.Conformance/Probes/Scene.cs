using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Threading;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>A probe's part of the lab: hosts inside and outside whose addresses no other probe uses, so that probes run
/// side by side.</summary>
internal sealed class Scene
{
    /// <summary>How long something may take that must happen. It is waited out only where it does not.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What must not have happened yet at one time, and must have at another, keeps this distance from
    /// either.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(0.4);

    private readonly ProbeLab _lab;
    private readonly CancellationToken _cancellation;
    private readonly PingEnd[] _fences;
    private readonly WireHost _fenceAnswerer;

    public Scene(ProbeLab lab, Contract contract, CancellationToken cancellation)
    {
        _lab = lab;
        _cancellation = cancellation;
        Contract = contract;
        _fences = [.. Enumerable.Range(0, contract.Lanes).Select(lane => new PingEnd(Inside(lane), lab.NextPort()))];
        _fenceAnswerer = lab.NextOutside();
    }

    /// <summary>What the NAT says of itself.</summary>
    public Contract Contract { get; }

    /// <summary>MTU of the external link; that of the internal one is 1500.</summary>
    public const int ExternalMtu = ProbeLab.ExternalMtu;

    /// <summary>A host inside.</summary>
    public WireHost Inside() => _lab.NextInside();

    /// <summary>A host inside that one of the lanes sees to.</summary>
    public WireHost Inside(int lane)
    {
        WireHost host;
        do
        {
            host = Inside(); // the lab has thousands, and throws when they are used up
        }
        while (Contract.LaneOf(host.Address) != lane);
        return host;
    }

    /// <summary>Pairs of hosts inside: two that one lane sees to and, if there are several, two of each lane and the
    /// next.</summary>
    public IEnumerable<(WireHost One, WireHost Other)> Neighbours()
    {
        yield return (Inside(0), Inside(0));
        for (int lane = 0; lane < Contract.Lanes && Contract.Lanes > 1; lane++)
        {
            yield return (Inside(lane), Inside((lane + 1) % Contract.Lanes));
        }
    }

    /// <summary>A host outside.</summary>
    public WireHost Outside() => _lab.NextOutside();

    /// <summary>A host outside in the prefix that may be exempt from translation.</summary>
    public WireHost Untranslated() => _lab.NextUntranslated();

    /// <summary>A port that no probe has used; two calls in a row give neighbours.</summary>
    public ushort Port() => _lab.NextPort();

    /// <summary>A UDP port of a host.</summary>
    public UdpEnd Udp(WireHost host, int? port = null) => new(this, host, port ?? Port());

    /// <summary>A TCP port of a host.</summary>
    public TcpEnd Tcp(WireHost host, int? port = null) => new(host, port ?? Port());

    /// <summary>An ICMP query identifier of a host.</summary>
    public PingEnd Ping(WireHost host) => new(host, Port());

    /// <summary>Returns when all that was sent so far, in either direction, is through the NAT or will never be: a ping
    /// went the same way behind it, and its answer came back.</summary>
    /// <remarks>By way of every lane, and then of every lane again: what came to a wrong one has been handed to the
    /// right one by then, which has looked at it between the request and the answer.</remarks>
    public void Settle()
    {
        for (int round = 0; round < (_fences.Length == 1 ? 1 : 2); round++)
        {
            foreach (PingEnd fence in _fences)
            {
                IPv4Packet request = fence.Reaches(_fenceAnswerer);
                fence.Hears(PingEnd.Answer(_fenceAnswerer, request));
            }
        }
    }

    /// <summary>Waits until so much time has passed, and no more.</summary>
    /// <exception cref="TooLate">The machine was busy, and much more has passed.</exception>
    public void WaitUntil(Stopwatch watch, double seconds)
    {
        TimeSpan left = TimeSpan.FromSeconds(seconds) - watch.Elapsed;
        if (left > TimeSpan.Zero)
        {
            _cancellation.WaitHandle.WaitOne(left);
        }

        _cancellation.ThrowIfCancellationRequested();
        RequireBefore(watch, seconds);
    }

    /// <summary>Waits until a timer that was started with the watch must not have run out yet.</summary>
    public void WaitUntilJustBefore(Stopwatch watch, double seconds)
        => WaitUntil(watch, seconds - (2 * Margin.TotalSeconds));

    /// <summary>Waits until a timer that was started with the watch must have run out.</summary>
    public void WaitUntilAfter(Stopwatch watch, double seconds)
    {
        TimeSpan left = TimeSpan.FromSeconds(seconds) + Margin - watch.Elapsed;
        if (left > TimeSpan.Zero)
        {
            _cancellation.WaitHandle.WaitOne(left);
        }

        _cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Makes sure that what has just been seen was seen in time to count.</summary>
    public static void RequireBefore(Stopwatch watch, double seconds)
    {
        if (watch.Elapsed > TimeSpan.FromSeconds(seconds) + Margin)
        {
            throw new TooLate($"what was planned for {seconds} s was done at {watch.Elapsed.TotalSeconds:0.00} s");
        }
    }

    /// <summary>Takes steps that are to be done before a time: if one of them fails after it, that says
    /// nothing.</summary>
    public static void Before(Stopwatch watch, double seconds, Action steps)
    {
        try
        {
            steps();
        }
        catch (ProbeFailure)
        {
            RequireBefore(watch, seconds);
            throw;
        }
    }

    /// <summary>Fails the probe unless something is so.</summary>
    /// <param name="holds">Whether it is.</param>
    /// <param name="otherwise">What was seen if it is not.</param>
    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ProbeFailure(otherwise);
        }
    }

    /// <summary>Fails the probe unless two endpoints are the same.</summary>
    public static void RequireSame(string what, IPEndPoint first, IPEndPoint second)
        => Require(first.Equals(second), $"{what}: {first}, then {second}");
}
