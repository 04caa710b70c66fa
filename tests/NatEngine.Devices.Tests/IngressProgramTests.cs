using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using NatEngine.Devices.Tests.Wire;

namespace NatEngine.Devices.Tests;

public sealed class IngressProgramTests
{
    private const string Name = "natengine_test";

    // To 00:00:00:00:00:00, the loopback interface, whose packets the kernel takes these for.
    private static readonly byte[] Frame = [.. new byte[12], 8, 0, .. new byte[46]];

    [RootFact] // the engine's guard must outlive the engine
    public void Attached_it_stays_when_it_is_disposed_of_until_somebody_detaches_it()
    {
        using VethPair wire = new();
        using (IngressProgram program = Load(IngressProgram.Drop, "first line\nsecond line, ü"))
        {
            wire.A.Run(() => program.Attach("a0"));
        }

        using IngressProgram found = Assert.Single(Find(wire, Name));

        Assert.Equal("first line\nsecond line, ü", found.ReadText());
        Assert.Equal(1, found.Counters);
        wire.A.Run(() => found.Detach("a0"));
        Assert.Empty(Find(wire, Name));
        Assert.Throws<DeviceException>(() => wire.A.Run(() => found.Detach("a0")));
    }

    [RootFact]
    public void Another_takes_its_place_and_programs_of_other_names_are_left_alone()
    {
        using VethPair wire = new();
        using IngressProgram first = Load(IngressProgram.Pass, "first");
        using IngressProgram second = Load(IngressProgram.Pass, "second");
        using IngressProgram foreign = Load(IngressProgram.Pass, "foreign", "natengine_tes");
        wire.A.Run(() => first.Attach("a0"));
        wire.A.Run(() => foreign.Attach("a0"));

        wire.A.Run(() => second.Attach("a0", first));

        using IngressProgram found = Assert.Single(Find(wire, Name));
        Assert.Equal((second.Id, "second"), (found.Id, found.ReadText()));
        Assert.Throws<DeviceException>(() => wire.A.Run(() => first.Attach("a0", first)));
        using IngressProgram other = Assert.Single(Find(wire, "natengine_tes"));
        Assert.Equal(foreign.Id, other.Id);
    }

    [RootFact]
    public void What_every_processor_counts_is_counted()
    {
        const int Rounds = 1000;
        using IngressProgram program = Load(IngressProgram.Drop, "text");

        Parallel.For(0, Rounds, _ => Assert.Equal(IngressProgram.Drop, program.Ask(Frame)));

        Assert.Equal(new PacketCount(Rounds, Rounds * (Frame.Length - 14)), program.ReadCounter(0));
    }

    [RootFact]
    public void A_program_that_the_kernel_does_not_trust_is_refused()
    {
        // Ends without an answer.
        DeviceException error = Assert.Throws<DeviceException>(() => IngressProgram.Load(Name, [0x95], 1, "text"));

        Assert.StartsWith($"{Name}: bpf(BPF_PROG_LOAD) failed", error.Message, StringComparison.Ordinal);
    }

    [RootFact]
    public void An_unknown_interface_is_named()
    {
        using IngressProgram program = Load(IngressProgram.Pass, "text");

        DeviceException error = Assert.Throws<DeviceException>(() => program.Attach("nosuch0"));

        Assert.StartsWith("nosuch0: if_nametoindex failed", error.Message, StringComparison.Ordinal);
        Assert.Throws<DeviceException>(() => IngressPrograms.Find("nosuch0", Name));
    }

    [RootFact]
    public void This_kernel_has_the_hook() => IngressPrograms.CheckAvailable();

    private static IngressProgram Load(int verdict, string text, string name = Name)
        => IngressProgram.Load(
            name, new ExtendedBpfBuilder().Begin().Set(7, 0).CountPacket(7).Return(verdict).Build(), 1, text);

    private static IReadOnlyList<IngressProgram> Find(VethPair wire, string name)
        => wire.A.Run(() => IngressPrograms.Find("a0", name));
}
