using System;
using System.Collections.Generic;
using NBomber.Contracts.Stats;

namespace NBomber.Contracts;

public sealed record NBomberContext(IReadOnlyList<ScenarioProps> Scenarios)
{
    public string? ReportFolder { get; init; }

    public IReadOnlyList<ReportFormat> ReportFormats { get; init; } = [];

    public TimeSpan ReportingInterval { get; init; }
}
