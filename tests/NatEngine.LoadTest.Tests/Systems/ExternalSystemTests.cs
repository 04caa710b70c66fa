using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using NatEngine.Lab;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Tests.Systems;

/// <summary>Somebody else's NAT between two interfaces of the machine. Virtual cables stand in for the real ones, a
/// namespace for the machine, and another with masquerade for the box.</summary>
public sealed class ExternalSystemTests : IDisposable
{
    private const string Masquerade = """
        table ip box {
            chain postrouting {
                type nat hook postrouting priority srcnat; policy accept;
                oifname "wan0" masquerade
            }
        }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("natload-tests-");
    private Lab.Lab? _lab;
    private LabHost _machine = null!;

    private string Folder => Path.Combine(_directory.FullName, "result");

    public void Dispose()
    {
        _lab?.Dispose();
        _directory.Delete(recursive: true);
    }

    [RootFact]
    public void A_box_between_two_cables_is_measured_and_the_cables_are_given_back()
    {
        Build();

        ProgramResult natload = _machine.Run(NatLoad, Arguments("ping", repeats: 1), Patience);

        Assert.True(natload.ExitCode == ExitCode.Complete, natload.Output + natload.Error);
        ComparisonResult result = ResultFile.Read(Folder);
        Assert.Contains(result.Samples, sample => sample is { System: "external", Figure: "ping-p50", Value: > 0 });
        GaveBack();
    }

    [RootFact]
    public void The_cables_are_given_back_when_the_run_is_interrupted()
    {
        Build();
        using RunningProgram natload = _machine.Start(NatLoad, Arguments("tcp,ping", repeats: 100));
        WaitUntilTaken();

        natload.Signal(ProgramSignal.Terminate);

        Assert.Equal(ExitCode.Terminated, natload.WaitForExit(Patience).ExitCode);
        GaveBack();
        Assert.False(ResultFile.Read(Folder).Complete);
    }

    [RootFact]
    public void The_cables_of_a_killed_run_are_given_back_by_the_next()
    {
        Build();
        using Process natload = StartOutsideTheLab(Arguments("tcp", repeats: 100));
        WaitUntilTaken();

        natload.Kill();
        Assert.True(natload.WaitForExit(Patience));
        using Process clean = StartOutsideTheLab(["clean"]);
        Assert.True(clean.WaitForExit(Patience));

        GaveBack();
    }

    [RootFact]
    public void What_the_machine_needs_itself_is_not_taken()
    {
        Build();
        Refuses("--internal-interface none0: this machine has no such interface", "none0", "wan7");
        Refuses("must be another", "lan7", "lan7");
        Refuses("not the loopback", "lo", "wan7");
        _machine.AddAddress("lan7", "100.64.9.9/24");
        Refuses("--internal-interface lan7: has addresses (100.64.9.9)", "lan7", "wan7");
        _machine.Configure("address flush dev lan7", "route add default dev wan7");
        Refuses("--external-interface wan7: the machine's default route", "lan7", "wan7");
        Assert.False(Directory.Exists(Folder));
    }

    private static string NatLoad => Path.Combine(AppContext.BaseDirectory, "natload");

    private void Build()
    {
        _lab = Lab.Lab.Create("external");
        _machine = _lab.AddHost("machine");
        LabHost box = _lab.AddHost("box");
        _lab.Connect(_machine, "lan7", box, "lan0");
        _lab.Connect(_machine, "wan7", box, "wan0");
        box.AddAddress("lan0", $"{NatTopology.InternalAddress}/16");
        box.AddAddress("wan0", $"{NatTopology.ExternalAddress}/24");
        foreach (System.Net.IPNetwork prefix in NatTopology.RemotePrefixes)
        {
            box.AddRoute(prefix.ToString(), NatTopology.RemoteAddress.ToString());
        }

        box.SetForwarding(true);
        box.ApplyNft(Masquerade);
    }

    // With the machine's network and no more: a program that the lab starts has mounts of its own, and the namespaces
    // that natload made would go with it.
    private Process StartOutsideTheLab(string[] arguments) => Process.Start(new ProcessStartInfo(
        "nsenter", [$"--net=/run/netns/{_machine.Namespace}", NatLoad, .. arguments])
    {
        RedirectStandardOutput = true,
    })!;

    private string[] Arguments(string metrics, int repeats, string inside = "lan7", string outside = "wan7") =>
    [
        "compare", "--systems", "external", "--metrics", metrics, "--repeats", $"{repeats}", "--duration", "0.5",
        "--internal-interface", inside, "--external-interface", outside, "--out", Folder,
    ];

    private void Refuses(string because, string inside, string outside)
    {
        ProgramResult natload = _machine.Run(NatLoad, Arguments("ping", 1, inside, outside), Patience);

        Assert.Equal(ExitCode.BadInput, natload.ExitCode);
        Assert.Contains(because, natload.Error, StringComparison.Ordinal);
    }

    private void WaitUntilTaken()
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (Interfaces().Any(name => name is "lan7" or "wan7"))
        {
            Assert.True(watch.Elapsed < Patience, "natload does not take the cables");
            Thread.Sleep(20);
        }
    }

    private void GaveBack()
    {
        Assert.Contains("lan7", Interfaces());
        Assert.Contains("wan7", Interfaces());
    }

    // "2: lan7@if3: <BROADCAST,…"
    private string[] Interfaces() =>
    [
        .. _machine.Run("ip", ["-oneline", "link", "show"]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')[1].TrimEnd(':').Split('@')[0]),
    ];
}
