using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>natload's own runner: a task for each client in closed loop, a clock for each crowd in open loop.</summary>
internal sealed class BuiltInRunner : IStepRunner
{
    /// <inheritdoc/>
    public string Name => "natload";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RunnerTally>> RunAsync(ClientStep clients)
    {
        long begin = Stopwatch.GetTimestamp();
        clients.Window.Open(begin);
        return await Task.WhenAll(clients.Crowds.Select(crowd => crowd.Rate > 0
            ? new OpenLoop(crowd, clients.Load).RunAsync(begin)
            : ClosedLoop.RunAsync(crowd, clients.Load, begin)));
    }
}
