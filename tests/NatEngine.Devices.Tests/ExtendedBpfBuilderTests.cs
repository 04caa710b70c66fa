using System;

namespace NatEngine.Devices.Tests;

public sealed class ExtendedBpfBuilderTests
{
    [Fact] // Documentation/bpf/standardization/instruction-set.rst
    public void Writes_instructions_as_they_are_laid_out_in_the_specification()
    {
        ExtendedBpfBuilder builder = new();
        BpfLabel pass = builder.NewLabel();

        ulong[] program = builder.Begin()
            .Load(PacketProperty.Protocol)
            .JumpUnlessEqual(ExtendedBpfBuilder.Result, 8, pass)
            .LoadHalf(36)
            .JumpIf(ExtendedBpfBuilder.Result, BpfComparison.GreaterOrEqual, 0x8000_0000, pass)
            .LoadByte(14).And(15).ShiftLeft(2).Copy(8, ExtendedBpfBuilder.Result)
            .LoadHalfBeyond(8, 16)
            .Place(pass)
            .Return(IngressProgram.Pass)
            .Build();

        Assert.Equal(
            [
                0x0000_0000_0000_16bf, 0x0000_0000_0010_6061, 0x0000_0008_0007_0056, 0x0000_0024_0000_0028,
                0x8000_0000_0005_0036, 0x0000_000e_0000_0030, 0x0000_000f_0000_0054, 0x0000_0002_0000_0064,
                0x0000_0000_0000_08bf, 0x0000_0010_0000_8048, 0xffff_ffff_0000_00b7, 0x0000_0000_0000_0095,
            ],
            program);
    }

    [Fact]
    public void A_jump_goes_nowhere_but_forward()
    {
        ExtendedBpfBuilder backward = new();
        BpfLabel start = backward.NewLabel();
        backward.Place(start).Set(7, 1).Jump(start).Return(0);

        ExtendedBpfBuilder unplaced = new();
        unplaced.Jump(unplaced.NewLabel()).Return(0);

        Assert.Throws<InvalidOperationException>(() => backward.Build());
        Assert.Throws<InvalidOperationException>(() => unplaced.Build());
    }

    [Fact]
    public void A_jump_goes_as_far_as_sixteen_bits_say_and_no_farther()
    {
        Assert.Equal(short.MaxValue + 3, JumpOver(short.MaxValue).Build().Length);
        Assert.Throws<InvalidOperationException>(() => JumpOver(short.MaxValue + 1).Build());

        static ExtendedBpfBuilder JumpOver(int instructions)
        {
            ExtendedBpfBuilder builder = new();
            BpfLabel end = builder.NewLabel();
            builder.Jump(end);
            for (int i = 0; i < instructions; i++)
            {
                builder.Set(7, i);
            }

            return builder.Place(end).Return(0);
        }
    }
}
