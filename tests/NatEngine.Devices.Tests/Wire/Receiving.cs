using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace NatEngine.Devices.Tests.Wire;

/// <summary>Ways to wait for frames, all bounded.</summary>
internal static class Receiving
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Receives frames and holds them, until there are <paramref name="count"/>.</summary>
    internal static Frame[] Take(AfPacketDevice device, int count)
    {
        using FramePoller poller = new(device);
        Frame[] frames = new Frame[count];
        int taken = 0;
        long start = Stopwatch.GetTimestamp();
        while (taken < count && Stopwatch.GetElapsedTime(start) < Patience)
        {
            int received = device.Receive(frames.AsSpan(taken));
            taken += received;
            if (received == 0)
            {
                poller.Wait(20);
            }
        }

        Assert.Equal(count, taken);
        return frames;
    }

    /// <summary>Receives and releases frames until one is the last that is expected, and gives the numbers of
    /// all.</summary>
    internal static List<int> NumbersUntil(AfPacketDevice device, int last)
    {
        List<int> numbers = [];
        while (numbers.Count == 0 || numbers[^1] != last)
        {
            Frame[] frame = Take(device, 1);
            numbers.Add(TestFrames.Read(frame[0].Octets));
            device.Release(frame);
        }

        return numbers;
    }

    /// <summary>Waits until something is so.</summary>
    internal static void Until(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, "waited too long");
            System.Threading.Thread.Sleep(1);
        }
    }
}
