using System;
using System.IO;
using System.Linq;
using System.Net.NetworkInformation;
using System.Threading;
using System.Threading.Tasks;

namespace NatEngine.Lab.Tests;

public sealed class LabTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [RootFact]
    public void A_host_is_a_namespace_that_ip_netns_shows()
    {
        using Lab lab = Lab.Create("test");

        LabHost host = lab.AddHost("one");

        Assert.Equal($"nel-{lab.Id}-one", host.Namespace);
        Assert.Contains(host.Namespace, Namespaces.List());
    }

    [RootFact] // a signal removes it whatever the rest of the process is doing
    public void Nothing_is_left_of_a_lab_that_was_disposed_of_while_it_grew()
    {
        for (int round = 0; round < 10; round++)
        {
            Lab lab = Lab.Create("test");
            using SemaphoreSlim begun = new(0);
            Task growing = Task.Run(() => Grow(lab, begun));
            Assert.True(begun.Wait(Patience));

            lab.Dispose();

            Assert.True(growing.Wait(Patience));
            Assert.DoesNotContain(
                Namespaces.List(), name => name.StartsWith($"nel-{lab.Id}-", StringComparison.Ordinal));
        }
    }

    [RootFact]
    public void Nothing_is_left_of_a_lab_that_was_disposed_of()
    {
        string[] interfaces = [.. NetworkInterface.GetAllNetworkInterfaces().Select(i => i.Name).Order()];
        Lab lab = Lab.Create("test");
        LabHost one = lab.AddHost("one");
        LabHost two = lab.AddHost("two");
        lab.Connect(one, "eth0", two, "eth0");
        RunningProgram sleeper = one.Start("sleep", ["600"]);
        RunningProgram nested = two.Start("sh", ["-c", "sleep 600 & sleep 600"]);

        lab.Dispose();

        Assert.DoesNotContain(Namespaces.List(), name => name.StartsWith($"nel-{lab.Id}-", StringComparison.Ordinal));
        Assert.Equal(137, sleeper.WaitForExit(TimeSpan.FromSeconds(10)).ExitCode);
        Assert.Equal(137, nested.WaitForExit(TimeSpan.FromSeconds(10)).ExitCode);
        Assert.False(File.Exists("/run/nel/" + lab.Id));
        Assert.Equal(interfaces, NetworkInterface.GetAllNetworkInterfaces().Select(i => i.Name).Order());
    }

    [RootFact]
    public void Two_labs_at_once_do_not_meet()
    {
        using Lab first = Lab.Create("test");
        using Lab second = Lab.Create("test");
        LabHost one = first.AddHost("host");
        LabHost two = second.AddHost("host");
        one.AddAddress("lo", "100.64.0.1/32");

        Assert.NotEqual(one.Namespace, two.Namespace);
        Assert.Contains("100.64.0.1", one.Run("ip", ["address"]).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("100.64.0.1", two.Run("ip", ["address"]).Output, StringComparison.Ordinal);

        first.Dispose();

        Assert.Contains(two.Namespace, Namespaces.List());
    }

    [RootFact]
    public void A_second_host_of_the_same_name_is_refused()
    {
        using Lab lab = Lab.Create("test");
        lab.AddHost("one");

        LabException refusal = Assert.Throws<LabException>(() => lab.AddHost("one"));

        Assert.Contains("already has a host 'one'", refusal.Message, StringComparison.Ordinal);
    }

    [RootTheory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("../up")]
    public void A_name_that_is_no_word_is_refused(string name)
    {
        using Lab lab = Lab.Create("test");

        Assert.Throws<LabException>(() => lab.AddHost(name));
    }

    [RootFact]
    public void What_ip_refuses_is_said_with_the_command()
    {
        using Lab lab = Lab.Create("test");
        LabHost host = lab.AddHost("one");

        LabException refusal = Assert.Throws<LabException>(() => host.AddAddress("nosuch0", "100.64.0.1/16"));

        Assert.Contains("address add 100.64.0.1/16 dev nosuch0", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Cannot find device \"nosuch0\"", refusal.Message, StringComparison.Ordinal);
    }

    [RootFact]
    public void A_moved_interface_is_the_other_hosts()
    {
        using Lab lab = Lab.Create("test");
        LabHost one = lab.AddHost("one");
        LabHost two = lab.AddHost("two");
        LabHost three = lab.AddHost("three");
        LabLink link = lab.Connect(one, "eth0", two, "eth0");
        PhysicalAddress moved = two.LinkAddress("eth0");

        two.MoveInterface("eth0", three);

        Assert.Equal(moved, three.LinkAddress("eth0"));
        Assert.Throws<LabException>(() => two.LinkAddress("eth0"));

        link.Remove();

        Assert.Throws<LabException>(() => three.LinkAddress("eth0"));
    }

    [Fact]
    public void A_missing_program_is_named_with_its_package()
    {
        Assert.Null(LabRequirements.WhyMissing("sh"));
        Assert.Equal("The program '/nowhere/it' is not installed.", LabRequirements.WhyMissing("/nowhere/it"));
    }

    private static void Grow(Lab lab, SemaphoreSlim begun)
    {
        try
        {
            for (int host = 0; host < 100; host++)
            {
                begun.Release();
                lab.AddHost($"host{host}");
            }
        }
        catch (ObjectDisposedException)
        {
            // As it should be.
        }
    }
}
