using System;
using System.Threading;

namespace NatEngine.Lab.Tests;

/// <summary>A process that makes a lab with a program in it and waits for <see cref="CrashTests"/> to end it.</summary>
internal static class Program
{
    private static int Main()
    {
        using Lab lab = Lab.Create("victim");
        LabHost host = lab.AddHost("host");
        using RunningProgram sleeper = host.Start("sleep", ["600"]);
        Console.WriteLine($"{host.Namespace} {sleeper.Id}");
        Thread.Sleep(TimeSpan.FromMinutes(5));
        return 0;
    }
}
