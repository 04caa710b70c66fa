using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;

namespace NatEngine.Translation.Ports;

/// <summary>External addresses and ports with a contract: how those inside that they are for are seen.</summary>
/// <remarks>An address has a number among all of the NAT and a place among those of its pool.</remarks>
internal sealed class ExternalAddressPool : IDisposable
{
    private readonly ExternalAddresses _all;
    private readonly int[] _numbers;
    private readonly Dictionary<int, int> _places = [];
    private readonly TranslationBehavior _behavior;
    private readonly TranslationBehavior _tcpBehavior;
    private readonly PortChooser _chooser;
    private readonly PortChooser _tcpChooser;
    private readonly PortChooser _drawing;
    private readonly PortChooser _tcpDrawing;
    private readonly PortQuarantine _quarantine;
    private readonly bool _canForeseeTcp;
    private readonly bool _canForeseeUdp;
    private readonly ulong _seed;

    /// <summary>Makes a pool.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="options">Says which addresses and ports, and how they are used.</param>
    /// <param name="all">The addresses, those of other pools among them.</param>
    /// <param name="log">Is told who gets blocks of ports; null if nobody wants to know.</param>
    /// <param name="seed">A secret for the choice of addresses.</param>
    /// <param name="slice">Which ports are this lane's; null if all are.</param>
    public ExternalAddressPool(
        int number, PoolOptions options, ExternalAddresses all, TranslationLog? log, ulong seed, LaneSlice? slice)
    {
        Number = (byte)number;
        Ports = options.Ports;
        _all = all;
        _seed = seed;
        _numbers = [.. options.ExternalAddresses.Select(address => all.TryFind(address, out int found) ? found : -1)];
        for (int place = 0; place < _numbers.Length; place++)
        {
            _places.Add(_numbers[place], place);
        }

        _behavior = options.Behavior;
        _tcpBehavior = options.TcpBehavior ?? options.Behavior;
        _chooser = new PortChooser(_behavior, slice);
        _tcpChooser = new PortChooser(_tcpBehavior, slice);
        _drawing = new PortChooser(_behavior with { Ports = PortChoice.Random }, slice);
        _tcpDrawing = new PortChooser(_tcpBehavior with { Ports = PortChoice.Random }, slice);
        Deterministic = options.Deterministic is DeterministicOptions computed
            ? new DeterministicPorts(computed.Prefix, computed.Ratio, options.ExternalAddresses, options.Ports)
            : null;
        Blocks = options.Blocks is PortBlockOptions blocks
            ? new PortBlocks(
                blocks, options.Ports, _numbers.Length,
                log is null ? null : new BlockRecorder(log, Number, options.ExternalAddresses), slice)
            : null;
        _quarantine = new PortQuarantine(_behavior, this, all);
        _canForeseeTcp = Blocks is null && Deterministic is null && _tcpChooser.CanForesee;
        _canForeseeUdp = Blocks is null && Deterministic is null && _chooser.CanForesee;
    }

    /// <summary>Its number: what a mapping names it by.</summary>
    public byte Number { get; }

    /// <summary>How many addresses there are.</summary>
    public int Count => _numbers.Length;

    /// <summary>The TCP and UDP ports that it gives, of each address.</summary>
    public PortRange Ports { get; }

    /// <summary>The ports that every internal address has for itself; null if they share.</summary>
    public DeterministicPorts? Deterministic { get; }

    /// <summary>Who has which block of ports; null unless they are given in blocks.</summary>
    public PortBlocks? Blocks { get; }

    /// <summary>The number of the address in a place.</summary>
    public int NumberAt(int place) => _numbers[place];

    /// <summary>The address in a place.</summary>
    public IPv4Address AddressAt(int place) => _all[_numbers[place]];

    /// <summary>The place of the address with that number, which must be one of the pool's.</summary>
    public int PlaceOf(int number) => _places[number];

    /// <summary>The contract for a protocol.</summary>
    public TranslationBehavior BehaviorOf(IpProtocol protocol)
        => protocol == IpProtocol.Tcp ? _tcpBehavior : _behavior;

    /// <summary>What chooses ports of a protocol.</summary>
    public PortChooser ChooserOf(IpProtocol protocol) => protocol == IpProtocol.Tcp ? _tcpChooser : _chooser;

    /// <summary>What chooses ports of a protocol by chance, whatever the contract says.</summary>
    public PortChooser DrawingChooserOf(IpProtocol protocol) => protocol == IpProtocol.Tcp ? _tcpDrawing : _drawing;

    /// <summary>True if it can be told which port of a protocol is likely to be next: ports are neither computed nor in
    /// blocks.</summary>
    public bool CanForesee(IpProtocol protocol) => protocol switch
    {
        IpProtocol.Tcp => _canForeseeTcp,
        IpProtocol.Udp => _canForeseeUdp,
        _ => false,
    };

    /// <summary>True if the external address of that number is one of the pool's.</summary>
    public bool Has(int number) => _places.ContainsKey(number);

    /// <summary>False if <paramref name="internalAddress"/> could have nothing of this pool.</summary>
    public bool CanServe(IPv4Address internalAddress)
        => Deterministic is null || Deterministic.TryPlace(internalAddress, out int _, out PortRange _);

    /// <summary>The place of the address that stands for <paramref name="internalAddress"/>, always the same one
    /// (paired pooling, RFC 4787 REQ-2).</summary>
    public int PairedWith(IPv4Address internalAddress)
    {
        if (_numbers.Length == 1)
        {
            return 0;
        }

        if (Deterministic is not null)
        {
            return Deterministic.TryPlace(internalAddress, out int computed, out _) ? computed : 0;
        }

        FlowTuple key = new(new TransportAddress(internalAddress, 0), default, IpProtocol.None);
        return (int)(((key.Hash(_seed) >> 32) * (uint)_numbers.Length) >> 32);
    }

    /// <summary>Takes a port back.</summary>
    public void Free(in Tables.Mapping mapping, uint now) => _quarantine.Free(mapping, now);

    /// <summary>Frees ports, and blocks, that have been left alone long enough, at most so many of each.</summary>
    public void Release(uint now, int limit)
    {
        _ = _quarantine.Release(now, limit);
        Blocks?.Release(now, limit);
    }

    /// <inheritdoc/>
    public void Dispose() => _quarantine.Dispose();
}
