namespace NatEngine.LoadTest;

/// <summary>What natload's exit codes mean; docs/benchmarking.md lists them for scripts.</summary>
internal static class ExitCode
{
    /// <summary>Everything that was asked for was measured.</summary>
    public const int Complete = 0;

    /// <summary>Something could not be measured. The results hold the rest and are marked incomplete.</summary>
    public const int Incomplete = 1;

    /// <summary><c>natload report A B</c>: something is worse in B.</summary>
    public const int Regression = 1;

    /// <summary>The command line asks for something that cannot be; nothing was measured or changed.</summary>
    public const int BadInput = 2;

    /// <summary>This machine lacks what it takes: root, or a program. Nothing was measured or changed.</summary>
    public const int Unable = 3;

    /// <summary>128 and the number of SIGINT: interrupted from the terminal. The results hold what there was.</summary>
    public const int Interrupted = 130;

    /// <summary>128 and the number of SIGTERM.</summary>
    public const int Terminated = 143;
}
