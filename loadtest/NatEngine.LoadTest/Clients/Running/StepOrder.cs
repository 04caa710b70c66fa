namespace NatEngine.LoadTest.Clients.Running;

/// <summary>What the generator's process is asked for: one line of JSON, one step.</summary>
internal sealed record StepOrder
{
    /// <summary>Tells the answer from others.</summary>
    public required int Number { get; init; }

    /// <summary>Where the profile came from.</summary>
    public required string ProfileSource { get; init; }

    /// <summary>The profile's JSON.</summary>
    public required string ProfileText { get; init; }

    /// <summary>The load.</summary>
    public required StepLoad Load { get; init; }

    /// <summary>The first client's address; the others follow it.</summary>
    public required string FirstClient { get; init; }

    /// <summary>The first server's address; the others follow it.</summary>
    public required string FirstServer { get; init; }

    /// <summary>How many servers there are.</summary>
    public required int Servers { get; init; }

    /// <summary>The seed of the clients' chance.</summary>
    public required ulong Seed { get; init; }

    /// <summary>A folder for the runner's own reports, which does not exist yet; null if they are not wanted.</summary>
    public string? ReportFolder { get; init; }
}
