using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Lab;

namespace NatEngine.Host.Tests.Processes;

public sealed class SystemdTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [RootFact] // sd_notify(3)
    public async Task Systemd_is_told_when_packets_are_forwarded_and_when_they_no_longer_will_be()
    {
        using NatTopology net = NatTopology.Create("systemd");
        using Engine engine = new(net);
        string path = _directory.File("notify");
        using Socket notified = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        notified.Bind(new UnixDomainSocketEndPoint(path));

        // The library takes a process for a service if its parent's name is systemd.
        string parent = _directory.File("systemd");
        await File.WriteAllTextAsync(parent, "#!/bin/sh\ntrap 'kill $!' TERM\n\"$@\" &\nwait $!\nwait $!\n");
        File.SetUnixFileMode(parent, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        ProgramOptions asService = new() { Environment = new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path } };
        using RunningProgram running = net.Gateway.Start(
            parent,
            [Engine.Program, "run", "--internal", "lan0", "--external", "wan0", "--control", engine.ControlPath],
            asService);

        Assert.Contains("READY=1", await ReceiveAsync(notified), StringComparison.Ordinal);
        Assert.Matches("(table netdev natengine_|program natengine_guard at )wan0 ", engine.Ruleset());
        net.Inside[0].Host.Run("ping", ["-c", "1", NatTopology.RemoteAddress.ToString()]).EnsureSuccess();

        running.Signal(ProgramSignal.Terminate);
        Assert.Contains("STOPPING=1", await ReceiveAsync(notified), StringComparison.Ordinal);
        Assert.Equal(0, running.WaitForExit(Engine.Patience).ExitCode);
    }

    private static async Task<string> ReceiveAsync(Socket notified)
    {
        using CancellationTokenSource late = new(Engine.Patience);
        byte[] datagram = new byte[4096];
        int length = await notified.ReceiveAsync(datagram, late.Token);
        return Encoding.UTF8.GetString(datagram, 0, length);
    }
}
