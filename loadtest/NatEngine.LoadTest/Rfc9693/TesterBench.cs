using System;
using System.Diagnostics;
using NatEngine.Devices;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Systems;
using NatEngine.LoadTest.Testbeds;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>A tester at the two ends of a testbed, and the system between them that can be made to forget.</summary>
internal sealed class TesterBench : IDisposable
{
    // The responder must not lose what the system delivers: room for a burst of this many frames.
    private const int Slots = 16_384;

    private const int ReadingsBeforeAsking = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Turn _turn;
    private AfPacketDevice? _inside;
    private AfPacketDevice? _outside;
    private Tester? _tester;

    private TesterBench(Turn turn) => _turn = turn;

    /// <summary>The tester.</summary>
    public Tester Tester => _tester ?? throw new InvalidOperationException("The bench is not open.");

    /// <summary>The system under test.</summary>
    public ISystemUnderTest System => _turn.System;

    /// <summary>Which processor does what.</summary>
    public CorePlacement Cores => _turn.Testbed.Cores;

    /// <summary>Opens the two ends.</summary>
    /// <exception cref="Exception">A <see cref="Lab.LabException"/> or <see cref="DeviceException"/>: they could not be
    /// had.</exception>
    public static TesterBench Open(Turn turn, FlowSpaceOptions options)
    {
        TesterBench bench = new(turn);
        try
        {
            bench.OpenEnds(new FlowSpace(options));
            return bench;
        }
        catch
        {
            bench.Dispose();
            throw;
        }
    }

    /// <summary>Makes the system forget every session, and the tester every connection.</summary>
    /// <exception cref="MeasurementException">The system remembers sessions still.</exception>
    public void Forget()
    {
        System.ResetState();
        Stopwatch watch = Stopwatch.StartNew();
        for (int readings = 1; System.Read().Sessions is > 0; readings++)
        {
            if (watch.Elapsed > Patience)
            {
                throw new MeasurementException(
                    $"{System.Name} has not forgotten its sessions {Patience.TotalSeconds:0} s after it was told to.");
            }

            _turn.Cancellation.WaitHandle.WaitOne(Interval);
            if (readings % ReadingsBeforeAsking == 0)
            {
                System.ResetState(); // a frame that was still on its way opened another session
            }
        }

        Tester.Forget();
    }

    /// <summary>Waits.</summary>
    /// <exception cref="MeasurementException">The run is to end.</exception>
    public void Rest(TimeSpan duration)
    {
        if (_turn.Cancellation.WaitHandle.WaitOne(duration))
        {
            throw new MeasurementException("interrupted");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tester?.Dispose();
        _inside?.Dispose();
        _outside?.Dispose();
        EndGuard.Remove(_turn.Testbed.Inside);
        EndGuard.Remove(_turn.Testbed.Remote);
    }

    private void OpenEnds(FlowSpace space)
    {
        Testbed testbed = _turn.Testbed;
        FlowSpaceOptions options = space.Options;
        IPv4Address last = new(options.FirstHost.Value + (uint)options.Hosts - 1);
        EndGuard.Install(testbed.Inside, Testbed.EndInterface, $"{options.FirstHost}-{last}");
        EndGuard.Install(
            testbed.Remote,
            Testbed.EndInterface,
            $"{{ {options.FirstDestination.Address}, {StrangerNumber.Sources} }}");
        _inside = testbed.Inside.Enter(OpenDevice);
        _outside = testbed.Remote.Enter(OpenDevice);
        _tester = new Tester(new TesterOptions
        {
            Inside = _inside,
            Outside = _outside,
            Station = Testbed.StationOf(testbed.Inside, Testbed.EndInterface),
            NextHop = testbed.NextHop,
            Space = space,
            Translates = System.Translates,
            Cores = testbed.Cores,
        });
    }

    private static AfPacketDevice OpenDevice() => AfPacketDevice.Open(new AfPacketOptions
    {
        InterfaceName = Testbed.EndInterface,
        Slots = Slots,
        SuperFrames = false,
        BypassQdisc = true,
    });
}
