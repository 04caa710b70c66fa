using System;
using NatEngine.Devices;
using NatEngine.Packets.Headers;
using NatEngine.Translation;

namespace NatEngine.Pipeline;

/// <summary>Sends made-up packets through a pipeline of its own, so that the runtime has compiled a packet's way before
/// the first real one comes.</summary>
/// <remarks>
/// <para>Devices, tables and counters are made for it and thrown away: nothing of it shows in any statistics, and
/// nothing leaves the process.</para>
/// <para>A few rounds only. More would have the runtime count the calls and compile its best code for this mixture of
/// packets, of which half are refused or open a session; what comes later should decide that.</para>
/// </remarks>
public static class Rehearsal
{
    private const int Rounds = 3;
    private const int Slots = 64;
    private const int FirstPort = 40_000;

    // A gateway that never comes to rest ends the rehearsal, not the start.
    private const int MaxSteps = 64;

    private static readonly TcpFlags[] TcpSegments = [TcpFlags.Syn, TcpFlags.Ack, TcpFlags.Ack | TcpFlags.Psh];

    /// <summary>Rehearses. Nearly all the time it takes is the compiler's.</summary>
    /// <param name="options">The options that are going to be used, each of which may have code of its own: all but
    /// addresses, ports and sizes.</param>
    /// <returns>What the rehearsal's own pipeline counted, for tests.</returns>
    /// <exception cref="DeviceException">There is no memory for it.</exception>
    public static PipelineCounters Run(TranslationOptions options)
    {
        using MemoryDevice inside = new("rehearsal, inside", Slots);
        using MemoryDevice outside = new("rehearsal, outside", Slots);
        using FramePool pool = new(GatewayPipeline.PoolFrames);
        using Translator translator = new(
            options with
            {
                ExternalAddresses = [RehearsalFrames.External],
                InternalPrefixes = [RehearsalFrames.InternalPrefix],
                Pools = [], // for other addresses
                UntranslatedDestinations = [],
                Published = [],
                Rules = null, // which count
                Deterministic = null, // computed for other addresses
                MaxSessions = 1024,
                MaxMappings = 0,
            },
            new CryptographicRandom());
        using GatewayPipeline pipeline = new(RehearsalFrames.Options, translator, inside, outside, pool);
        for (int round = 0; round < Rounds; round++)
        {
            Introduce(pipeline, inside, outside);
            foreach (TcpFlags flags in TcpSegments)
            {
                GoOut(pipeline, inside, (ushort)(FirstPort + round), flags);
                ComeBack(pipeline, outside);
            }

            Refuse(pipeline, inside, outside, round);
            TakeAll(inside);
        }

        // Later than any deadline of theirs.
        _ = translator.Expire(new Timestamp((long)TimeSpan.FromHours(3).TotalMilliseconds), Slots);
        return pipeline.ReadCounters();
    }

    // ARP, asked and answered on both sides.
    private static void Introduce(GatewayPipeline pipeline, MemoryDevice inside, MemoryDevice outside)
    {
        inside.Inject(RehearsalFrames.ArpFromHost(ArpOperation.Request));
        inside.Inject(RehearsalFrames.ArpFromHost(ArpOperation.Reply));
        outside.Inject(RehearsalFrames.ArpFromRouter(ArpOperation.Request));
        outside.Inject(RehearsalFrames.ArpFromRouter(ArpOperation.Reply));
        Step(pipeline);
        TakeAll(inside);
        TakeAll(outside);
    }

    // The first time opens a session of each protocol, the others find it.
    private static void GoOut(GatewayPipeline pipeline, MemoryDevice inside, ushort port, TcpFlags flags)
    {
        inside.Inject(RehearsalFrames.Tcp(RehearsalFrames.Host, port, flags));
        inside.Inject(RehearsalFrames.Udp(RehearsalFrames.Host, port));
        inside.Inject(RehearsalFrames.Echo(RehearsalFrames.Host, RehearsalFrames.Remote, port));
        Step(pipeline);
    }

    // What went out is sent back, as its answer and as an error about it.
    private static void ComeBack(GatewayPipeline pipeline, MemoryDevice outside)
    {
        int left = outside.TransmittedCount;
        while (left-- > 0 && outside.TryTakeTransmitted(out TransmittedFrame? sent))
        {
            outside.Inject(RehearsalFrames.ErrorAbout(sent.Octets.Span));
            outside.Inject(RehearsalFrames.AnswerTo(sent.Octets.Span));
            Step(pipeline);
        }
    }

    // A stranger outside, a stranger inside, a packet at the end of its life, pings to the gateway, a host that is not
    // there.
    private static void Refuse(GatewayPipeline pipeline, MemoryDevice inside, MemoryDevice outside, int round)
    {
        outside.Inject(RehearsalFrames.UdpFromStranger());
        outside.Inject(RehearsalFrames.TcpFromStranger());
        inside.Inject(RehearsalFrames.Udp(RehearsalFrames.Remote, 1));
        inside.Inject(RehearsalFrames.Udp(RehearsalFrames.Host, 2, timeToLive: 1));
        inside.Inject(RehearsalFrames.Echo(RehearsalFrames.Host, RehearsalFrames.Inside, 1));
        inside.Inject(RehearsalFrames.Echo(RehearsalFrames.Host, RehearsalFrames.Neighbour(round), 1));
        Step(pipeline);
        TakeAll(outside);
    }

    // Until nothing waits; the last one is a tick.
    private static void Step(GatewayPipeline pipeline)
    {
        PacketBatch batch = pipeline.Batches[0];
        bool any = true;
        for (int step = 0; any && step < MaxSteps; step++)
        {
            pipeline.Stages[0].Process(batch);
            any = batch.ReceivedCount > 0;
            for (int stage = 1; stage < pipeline.Stages.Count; stage++)
            {
                pipeline.Stages[stage].Process(batch);
            }
        }
    }

    private static void TakeAll(MemoryDevice device)
    {
        while (device.TryTakeTransmitted(out _))
        {
        }
    }
}
