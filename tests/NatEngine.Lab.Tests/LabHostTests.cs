using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace NatEngine.Lab.Tests;

public sealed class LabHostTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lab? _lab;
    private readonly LabHost _one = null!;
    private readonly LabHost _two = null!;
    private readonly LabLink _link = null!;

    public LabHostTests()
    {
        if (Root.WhyNot is null)
        {
            _lab = Lab.Create("host");
            _one = _lab.AddHost("one");
            _two = _lab.AddHost("two");
            _link = _lab.Connect(_one, "eth0", _two, "eth0");
            _one.AddAddress("eth0", "203.0.113.1/24");
            _two.AddAddress("eth0", "203.0.113.2/24");
        }
    }

    public void Dispose() => _lab?.Dispose();

    [RootFact]
    public void Programs_run_inside_and_reach_the_other_host()
    {
        ProgramResult ping = _one.Run("ping", ["-c", "1", "-W", "5", "203.0.113.2"]);

        Assert.Equal(0, ping.ExitCode);
        Assert.Contains("1 received", ping.Output, StringComparison.Ordinal);
    }

    [RootFact]
    public void A_program_that_fails_gives_its_exit_code_and_both_streams()
    {
        ProgramResult result = _one.Run("sh", ["-c", "echo out; echo err >&2; exit 7"]);

        Assert.Equal(new ProgramResult("sh -c echo out; echo err >&2; exit 7", 7, "out\n", "err\n"), result);
        LabException failure = Assert.Throws<LabException>(result.EnsureSuccess);
        Assert.Contains("exit code 7", failure.Message, StringComparison.Ordinal);
    }

    [RootFact]
    public void A_program_gets_its_environment_and_input()
    {
        ProgramOptions options = new()
        {
            Environment = new System.Collections.Generic.Dictionary<string, string> { ["LAB_TEST"] = "yes" },
            WorkingDirectory = "/proc",
            Processors = "0",
            Input = "typed",
        };

        ProgramResult result = _one.Run("sh", ["-c", "cat; echo \" $LAB_TEST $PWD\"; taskset -cp $$"], null, options);

        Assert.StartsWith("typed yes /proc\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("affinity list: 0\n", result.Output, StringComparison.Ordinal);
    }

    [RootFact]
    public void A_program_that_does_not_end_in_time_is_killed()
    {
        LabException late = Assert.Throws<LabException>(
            () => _one.Run("sh", ["-c", "echo begun; exec sleep 600"], TimeSpan.FromSeconds(0.5)));

        Assert.Contains("still running", late.Message, StringComparison.Ordinal);
        Assert.Contains("begun", late.Message, StringComparison.Ordinal);
        Assert.Empty(IpCommand.Ask("netns", "pids", _one.Namespace));
    }

    [RootFact]
    public void A_missing_program_is_an_error_of_its_own()
    {
        Assert.Throws<LabException>(() => _one.Run("no-such-program", []));
    }

    [RootFact]
    public void A_running_program_can_be_watched_and_stopped()
    {
        using RunningProgram program = _one.Start(
            "bash", ["-c", "trap 'echo stopping; exit 3' TERM; echo ready; while :; do sleep 0.01; done"]);

        Assert.Equal("ready", program.WaitForLine("rea", Patience));
        Assert.False(program.HasExited);
        ProgramResult result = program.Stop(Patience);

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("ready\nstopping\n", result.Output);
    }

    [RootFact]
    public void Waiting_for_a_line_ends_when_the_program_does()
    {
        using RunningProgram program = _one.Start("sh", ["-c", "echo other; echo why >&2"]);

        LabException failure = Assert.Throws<LabException>(() => program.WaitForLine("ready", TimeSpan.FromMinutes(5)));

        Assert.Contains("other", failure.Message, StringComparison.Ordinal);
        Assert.Contains("why", failure.Message, StringComparison.Ordinal);
    }

    [RootFact]
    public async Task A_socket_opened_inside_works_asynchronously_from_anywhere()
    {
        using Socket listener = _two.CreateTcpSocket();
        listener.Bind(new IPEndPoint(IPAddress.Parse("203.0.113.2"), 7));
        listener.Listen();
        using Socket client = _one.CreateTcpSocket();

        Task<Socket> accepting = listener.AcceptAsync();
        await client.ConnectAsync(new IPEndPoint(IPAddress.Parse("203.0.113.2"), 7)).WaitAsync(Patience);
        using Socket accepted = await accepting.WaitAsync(Patience);
        await client.SendAsync("hello"u8.ToArray());
        byte[] received = new byte[16];
        int length = await accepted.ReceiveAsync(received).WaitAsync(Patience);

        Assert.Equal("hello", Encoding.ASCII.GetString(received, 0, length));
        Assert.Equal("203.0.113.1", ((IPEndPoint)accepted.RemoteEndPoint!).Address.ToString());
    }

    [RootFact]
    public void Entering_a_host_changes_no_other_thread()
    {
        string[] Names() =>
            [.. File.ReadLines("/proc/thread-self/net/dev").Skip(2).Select(line => line.Split(':')[0].Trim())];
        string[] before = Names();

        string[] inside = _one.Enter(Names);

        Assert.Equal(["eth0", "lo"], inside.Order());
        Assert.Equal(before, Names());
    }

    [RootFact]
    public void What_a_function_inside_throws_arrives_outside()
    {
        Assert.Throws<InvalidDataException>(() => _one.Enter(() => throw new InvalidDataException("from inside")));
    }

    [RootFact]
    public void Parameters_are_the_hosts_own()
    {
        string Forwarding(LabHost host) => host.Run("cat", ["/proc/sys/net/ipv4/ip_forward"]).Output.Trim();

        _one.SetForwarding(true);

        Assert.Equal("1", Forwarding(_one));
        Assert.Equal("0", Forwarding(_two));
        Assert.Throws<LabException>(() => _one.SetSysctl("kernel.pid_max", "4194304"));
        Assert.Throws<LabException>(() => _one.SetSysctl("net.ipv4.no_such_parameter", "1"));
    }

    [RootFact]
    public void Offloads_turn_off_and_on_at_both_ends()
    {
        string Segmentation(LabHost host) => host.Run("ethtool", ["-k", "eth0"]).Output.Split('\n')
            .Single(line => line.StartsWith("tcp-segmentation-offload", StringComparison.Ordinal));

        _link.SetOffloads(false);
        Assert.Equal("tcp-segmentation-offload: off", Segmentation(_one));
        Assert.Equal("tcp-segmentation-offload: off", Segmentation(_two));

        _link.SetOffloads(true);
        Assert.Equal("tcp-segmentation-offload: on", Segmentation(_one));
    }

    [RootFact]
    public void Receive_steering_is_set_on_the_hosts_interface()
    {
        _one.SetReceiveProcessors("eth0", 1);

        ProgramResult mask = _one.Run("cat", ["/sys/class/net/eth0/queues/rx-0/rps_cpus"]);
        Assert.Equal(1ul, Convert.ToUInt64(mask.Output.Trim().Replace(",", "", StringComparison.Ordinal), 16));
    }

    [RootFact]
    public void A_known_neighbour_is_not_asked_for()
    {
        PhysicalAddress known = PhysicalAddress.Parse("02-00-00-00-00-99");

        _one.AddNeighbour("eth0", IPAddress.Parse("203.0.113.99"), known);

        Assert.Contains(
            "203.0.113.99 dev eth0 lladdr 02:00:00:00:00:99 PERMANENT",
            _one.Run("ip", ["neighbour"]).Output,
            StringComparison.Ordinal);
    }

    [RootFact]
    public void Rules_stay_inside()
    {
        _one.ApplyNft("""
            table ip lab_test {
                chain input {
                    type filter hook input priority 0
                    icmp type echo-request drop
                }
            }
            """);

        Assert.Contains("lab_test", _one.Run("nft", ["list", "ruleset"]).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("lab_test", _two.Run("nft", ["list", "ruleset"]).Output, StringComparison.Ordinal);
        Assert.Equal(1, _two.Run("ping", ["-c", "1", "-W", "1", "203.0.113.1"]).ExitCode);
        Assert.Throws<LabException>(() => _one.ApplyNft("table ip broken {"));
    }
}
