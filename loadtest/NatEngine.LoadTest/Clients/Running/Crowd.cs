using System;
using System.Collections.Generic;
using NatEngine.LoadTest.Clients.Scenarios;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>The clients of a step that do the same.</summary>
public sealed class Crowd : IDisposable
{
    internal Crowd(
        string name,
        IClientScenario scenario,
        IReadOnlyList<CrowdMember> members,
        double rate,
        CrowdRecorder recorder)
    {
        Name = name;
        Scenario = scenario;
        Members = members;
        Rate = rate;
        Recorder = recorder;
    }

    /// <summary>How results call them: no other crowd of the step is called so.</summary>
    public string Name { get; }

    /// <summary>What they do.</summary>
    public IClientScenario Scenario { get; }

    /// <summary>Who they are; at least one.</summary>
    public IReadOnlyList<CrowdMember> Members { get; }

    /// <summary>Transactions per second that they begin together; 0 in closed loop.</summary>
    public double Rate { get; }

    internal CrowdRecorder Recorder { get; }

    /// <summary>Tears every client down.</summary>
    public void Dispose()
    {
        foreach (CrowdMember member in Members)
        {
            member.Dispose();
        }
    }
}
