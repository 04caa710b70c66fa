using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Net;

namespace NatEngine.LoadTest.Measurements;

/// <summary>Which flows arrived, and from where.</summary>
internal sealed class FlowArrivals(int flows)
{
    private readonly Dictionary<int, IPEndPoint> _sources = [];
    private int _moved;
    private int _foreign;

    /// <summary>Notes a datagram.</summary>
    public void Add(ReadOnlySpan<byte> payload, IPEndPoint source)
    {
        if (!BinaryPrimitives.TryReadInt32BigEndian(payload, out int flow) || flow < 0 || flow >= flows)
        {
            _foreign++;
        }
        else if (!_sources.TryAdd(flow, source) && !_sources[flow].Equals(source))
        {
            _moved++;
        }
    }

    /// <summary>Judges the arrivals.</summary>
    /// <param name="external">The address that all must come from; null if each keeps its client's.</param>
    /// <returns>One sentence, or null if all is well.</returns>
    public string? WhatIsWrong(IPAddress? external)
    {
        HashSet<IPEndPoint> distinct = [.. _sources.Values];
        int elsewhere = 0;
        foreach (IPEndPoint source in distinct)
        {
            elsewhere += external is null || source.Address.Equals(external) ? 0 : 1;
        }

        return _sources.Count < flows ? $"only {_sources.Count} of {flows} flows arrived."
            : distinct.Count < flows ? $"{flows} flows arrived from {distinct.Count} sources: some share one."
            : elsewhere > 0 ? $"{elsewhere} flows arrived from an address that is not {external}."
            : _moved > 0 ? $"{_moved} datagrams came from another source than others of their flow."
            : _foreign > 0 ? $"{_foreign} datagrams arrived with a payload that nobody sent."
            : null;
    }
}
