using System.Collections.Generic;
using System.Threading.Tasks;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>Puts the load of a step on its clients: natload's own runner, or NBomber.</summary>
public interface IStepRunner
{
    /// <summary>How results call it.</summary>
    string Name { get; }

    /// <summary>Runs a step to its end.</summary>
    /// <param name="clients">The step, with its clients.</param>
    /// <returns>What the runner itself counted over the whole step, a tally for each crowd in their order. It is held
    /// against what the clients recorded.</returns>
    Task<IReadOnlyList<RunnerTally>> RunAsync(ClientStep clients);
}
