using System;
using System.Diagnostics;
using System.IO;

namespace NatEngine.Lab.Tests;

/// <summary>Another process with a lab of its own; see <see cref="Program"/>.</summary>
internal sealed class Victim : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private Victim(Process process, string networkNamespace, int sleeperId)
    {
        _process = process;
        Namespace = networkNamespace;
        SleeperId = sleeperId;
    }

    /// <summary>The namespace of its one host.</summary>
    public string Namespace { get; }

    /// <summary>The program that runs on that host.</summary>
    public int SleeperId { get; }

    /// <summary>Starts the process and waits until its lab stands.</summary>
    public static Victim Start()
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, ["exec", typeof(Program).Assembly.Location])
        {
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        string[] words = process.StandardOutput.ReadLine()!.Split(' ');
        return new Victim(process, words[0], int.Parse(words[1], null));
    }

    /// <summary>Sends a signal and waits for the process to end.</summary>
    public void End(ProgramSignal signal)
    {
        using Process kill = Process.Start("sh", ["-c", $"kill -{(int)signal} {_process.Id}"]);
        Assert.True(kill.WaitForExit(Patience));
        Assert.True(_process.WaitForExit(Patience));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit(Patience);
        _process.Dispose();
        Lab.RemoveStale();
        Assert.False(File.Exists("/run/netns/" + Namespace));
    }
}
