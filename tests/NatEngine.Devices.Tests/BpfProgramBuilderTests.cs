using System;
using System.Linq;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices.Tests;

public sealed class BpfProgramBuilderTests
{
    [Fact] // tcpdump -ddd -y EN10MB 'ip and udp dst port 53'
    public void Writes_the_instructions_that_the_compiler_of_libpcap_writes()
    {
        BpfProgramBuilder builder = new();
        BpfLabel refuse = builder.NewLabel();

        BpfProgram program = builder
            .LoadHalf(12)
            .JumpUnless(BpfComparison.Equal, 0x0800, refuse)
            .LoadByte(23)
            .JumpUnless(BpfComparison.Equal, 17, refuse)
            .LoadHalf(20)
            .JumpIf(BpfComparison.AnyBitSet, 0x1FFF, refuse)
            .LoadIndexWithHeaderLength(14)
            .LoadHalfBeyondIndex(16)
            .JumpUnless(BpfComparison.Equal, 53, refuse)
            .Return(262_144)
            .Place(refuse)
            .Refuse()
            .Build();

        Assert.Equal(
            [
                (40, 0, 0, 12u), (21, 0, 8, 2048u), (48, 0, 0, 23u), (21, 0, 6, 17u), (40, 0, 0, 20u),
                (69, 4, 0, 8191u), (177, 0, 0, 14u), (72, 0, 0, 16u), (21, 0, 1, 53u), (6, 0, 0, 262_144u),
                (6, 0, 0, 0u),
            ],
            Instructions(program));
    }

    [Fact]
    public void What_the_kernel_knows_is_loaded_from_its_own_offsets()
    {
        BpfProgram program = new BpfProgramBuilder()
            .Load(BpfAncillary.Processor)
            .Compute(BpfOperation.Remainder, 4)
            .ReturnAccumulator()
            .Build();

        Assert.Equal([(32, 0, 0, 0xFFFF_F024u), (148, 0, 0, 4u), (22, 0, 0, 0u)], Instructions(program));
    }

    [Fact]
    public void A_label_that_is_nowhere_is_refused()
    {
        BpfProgramBuilder builder = new();
        builder.JumpIf(BpfComparison.Equal, 0, builder.NewLabel()).Accept();

        Assert.Throws<InvalidOperationException>(builder.Build);
    }

    [Fact]
    public void A_jump_backward_is_refused()
    {
        BpfProgramBuilder builder = new();
        BpfLabel start = builder.NewLabel();
        builder.Place(start).LoadByte(0).JumpIf(BpfComparison.Equal, 0, start).Accept();

        Assert.Throws<InvalidOperationException>(builder.Build);
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void A_jump_goes_255_instructions_at_most(int between, bool possible)
    {
        BpfProgramBuilder builder = new();
        BpfLabel end = builder.NewLabel();
        builder.JumpIf(BpfComparison.Equal, 0, end);
        for (int i = 0; i < between; i++)
        {
            builder.LoadByte(0);
        }

        builder.Place(end).Accept();

        Assert.Equal(possible, Record.Exception(builder.Build) is null);
    }

    [Fact]
    public void An_empty_program_is_refused()
        => Assert.Throws<InvalidOperationException>(new BpfProgramBuilder().Build);

    private static (int Code, int True, int False, uint K)[] Instructions(BpfProgram program)
        => [.. program.Instructions.ToArray().Select(Parts)];

    private static (int Code, int True, int False, uint K) Parts(Libc.sock_filter instruction)
        => (instruction.code, instruction.jt, instruction.jf, instruction.k);
}
