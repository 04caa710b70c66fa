namespace NatEngine.Host;

/// <summary>What the process tells its parent.</summary>
internal static class ExitCode
{
    /// <summary>Done, or stopped because it was told to.</summary>
    internal const int Success = 0;

    /// <summary>It was tried and failed: the pipeline died, the gateway does not run, nft refused.</summary>
    internal const int Failure = 1;

    /// <summary>It was not tried: the command line, the file or the machine forbids it. Nothing was changed.</summary>
    internal const int BadInput = 2;
}
