using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace NatEngine.Architecture.Tests;

/// <summary>Uses what NatEngine.Translation must not, so that the check is seen to find it.</summary>
internal static class Forbidden
{
    private static readonly object Gate = new();

    public static void Use()
    {
        lock (Gate)
        {
            TimeSpan age = DateTime.UtcNow - DateTime.UnixEpoch;
            long ticks = Environment.TickCount64 + Stopwatch.GetTimestamp();
            int chance = new Random(1).Next() + Random.Shared.Next();
            Console.WriteLine($"{age}{ticks}{chance}{File.Exists(Environment.NewLine)}{WaitAsync()}");
        }
    }

    private static async Task WaitAsync() => await Task.Yield();
}
