namespace NatEngine.Lab;

/// <summary>A signal to send to a program; the values are the kernel's on every architecture we run on.</summary>
public enum ProgramSignal
{
    /// <summary>SIGHUP.</summary>
    Hangup = 1,

    /// <summary>SIGINT, what Ctrl-C sends.</summary>
    Interrupt = 2,

    /// <summary>SIGKILL: the program has no say.</summary>
    Kill = 9,

    /// <summary>SIGTERM: please stop.</summary>
    Terminate = 15,

    /// <summary>SIGCONT.</summary>
    Continue = 18,

    /// <summary>SIGSTOP: the program stands still until <see cref="Continue"/>.</summary>
    Stop = 19,
}
