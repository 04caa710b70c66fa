using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Devices;
using NatEngine.Host.Planning;
using NatEngine.Host.Settings;
using NatEngine.Pipeline;
using NatEngine.Pipeline.Lanes;
using NatEngine.Translation;

namespace NatEngine.Host.Hosting;

/// <summary>The lanes of a gateway with all that belongs to them: rings, tables, buffers.</summary>
internal sealed class LaneAssembly
{
    private readonly GatewayPlan _plan;
    private readonly GatewaySettings _settings;
    private readonly Action<IDisposable> _keep;

    /// <summary>Puts everything together.</summary>
    /// <param name="plan">The gateway.</param>
    /// <param name="settings">What was asked for.</param>
    /// <param name="keep">Is given each part as soon as it is there, to dispose of in reverse order.</param>
    /// <exception cref="DeviceException">A ring could not be made.</exception>
    internal LaneAssembly(GatewayPlan plan, GatewaySettings settings, Action<IDisposable> keep)
    {
        _plan = plan;
        _settings = settings;
        _keep = keep;
        Exchange = plan.Lanes is LaneDivision division ? Keep(new LaneExchange(plan.Translation, division)) : null;
        Translators = [.. Enumerable.Range(0, settings.Lanes).Select(MakeTranslator)];
        InternalDevices = Open(plan.Internal, Realm.Internal);
        ExternalDevices = Open(plan.External, Realm.External);
        Lanes = new GatewayLanes([.. Enumerable.Range(0, settings.Lanes).Select(MakePipeline)]);
    }

    /// <summary>The lanes.</summary>
    internal GatewayLanes Lanes { get; }

    /// <summary>What they hand to each other; null if there is but one.</summary>
    internal LaneExchange? Exchange { get; }

    /// <summary>Their translators, which are their own while they run.</summary>
    internal IReadOnlyList<Translator> Translators { get; }

    /// <summary>Their devices on the internal interface.</summary>
    internal IReadOnlyList<AfPacketDevice> InternalDevices { get; }

    /// <summary>Their devices on the external interface.</summary>
    internal IReadOnlyList<AfPacketDevice> ExternalDevices { get; }

    private Translator MakeTranslator(int lane) => Keep(new Translator(
        _plan.Lanes is LaneDivision division
            ? LanePlanner.ShareOf(_plan.Translation, division, lane) with
            {
                Rules = _plan.Rules?.Programs[lane],
                IsOwn = (tuple, ingress) => Exchange!.IsOwn(lane, tuple, ingress),
            }
            : _plan.Translation,
        new CryptographicRandom()));

    private GatewayPipeline MakePipeline(int lane) => Keep(new GatewayPipeline(
        OptionsOf(lane),
        Translators[lane],
        InternalDevices[lane],
        ExternalDevices[lane],
        Keep(new FramePool(GatewayPipeline.PoolFrames)),
        Exchange));

    private PipelineOptions OptionsOf(int lane) => new()
    {
        Internal = _plan.InternalPort,
        External = _plan.ExternalPort,
        Layout = _plan.Layout,
        BatchSize = _settings.BatchSize,
        IdleSpin = _plan.IdleSpin,
        Realtime = _settings.Realtime,
        MaxNeighbours = _settings.MaxNeighbours,
        Lane = lane,
    };

    private AfPacketDevice[] Open(HostInterface one, Realm side)
    {
        AfPacketOptions options = new()
        {
            InterfaceName = one.Name,
            Ring = _settings.Ring,
            Slots = _settings.RingSlots,
            BypassQdisc = _settings.BypassQdisc,
            Transmit = _settings.Transmit,
        };
        return Exchange is null
            ? [Keep(AfPacketDevice.Open(options))]
            : [.. AfPacketDevice.OpenGroup(options, Exchange.ProgramOf(side)).Select(Keep)];
    }

    private T Keep<T>(T part)
        where T : IDisposable
    {
        _keep(part);
        return part;
    }
}
