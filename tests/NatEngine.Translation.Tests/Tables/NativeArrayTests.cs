using System;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Tests.Tables;

public sealed class NativeArrayTests
{
    [Fact]
    public void Is_zero_at_first_and_keeps_what_is_written()
    {
        using NativeArray<ulong> array = new(1000);
        for (uint index = 0; index < 1000; index++)
        {
            Assert.Equal(0UL, array[index]);
            array[index] = index * 3;
        }

        Assert.Equal(2997UL, array[999]);
    }

    [Fact] // beyond a huge page the memory comes from elsewhere
    public void Is_zero_at_both_ends_however_large_it_is()
    {
        const uint Length = (6 * 1024 * 1024 / sizeof(ulong)) + 1;
        for (int round = 0; round < 3; round++)
        {
            using NativeArray<ulong> array = new(Length);
            Assert.Equal(0UL, array[0]);
            Assert.Equal(0UL, array[Length - 1]);
            array[0] = 1;
            array[Length - 1] = 2;
            Assert.Equal(1UL, array[0]);
            Assert.Equal(2UL, array[Length - 1]);
        }
    }

    [Fact]
    public void Refuses_what_is_beyond_its_end_and_everything_after_its_own()
    {
        NativeArray<ulong> array = new(10);
        Assert.Throws<ArgumentOutOfRangeException>(() => array[10]);
        array.Prefetch(uint.MaxValue); // no access, only a hint
        array.Dispose();
        Assert.Throws<ArgumentOutOfRangeException>(() => array[0]);
        array.Dispose();
    }
}
