using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace NatEngine.Pipeline.Tests;

/// <summary>What takes many slices goes on by itself, one between two batches.</summary>
public class ControlErrandTests
{
    private const int Sessions = 600; // two slices and a bit

    [Fact]
    public async Task A_flush_goes_on_by_itself_and_lets_others_ask_in_between()
    {
        using Gateway gateway = Opened();
        Task<int> flush = gateway.Pipeline.FlushSessionsAsync();
        gateway.Step();
        int afterOne = gateway.Translator.SessionCount;
        Assert.InRange(afterOne, 1, Sessions - 1);

        Task<int> count = gateway.Pipeline.AskAsync((translator, _) => translator.SessionCount);
        gateway.Step(); // the flush stood in the queue before the question did
        gateway.Step();
        Assert.Equal(TaskStatus.RanToCompletion, count.Status);
        Assert.InRange(gateway.Translator.SessionCount, 1, afterOne - 1);

        gateway.Step();
        Assert.Equal(0, gateway.Translator.SessionCount);
        Assert.Equal(Sessions, await flush.WaitAsync(RunningGateway.Patience));
    }

    [Fact]
    public async Task A_flush_that_is_called_off_leaves_the_rest()
    {
        using Gateway gateway = Opened();
        using CancellationTokenSource calledOff = new();
        Task<int> flush = gateway.Pipeline.FlushSessionsAsync(calledOff.Token);
        gateway.Step();
        int left = gateway.Translator.SessionCount;

        await calledOff.CancelAsync();
        gateway.Step();
        gateway.Step();

        Assert.InRange(left, 1, Sessions - 1);
        Assert.Equal(left, gateway.Translator.SessionCount);
        await Assert.ThrowsAnyAsync<TaskCanceledException>(() => flush.WaitAsync(RunningGateway.Patience));
    }

    [Fact]
    public async Task A_flush_of_a_gateway_that_ends_is_called_off()
    {
        Gateway gateway = Opened();
        Task<int> flush = gateway.Pipeline.FlushSessionsAsync();
        gateway.Step();

        gateway.Dispose();

        await Assert.ThrowsAnyAsync<TaskCanceledException>(() => flush.WaitAsync(RunningGateway.Patience));
    }

    private static Gateway Opened()
    {
        Gateway gateway = Gateway.Acquainted();
        foreach (ushort port in Enumerable.Range(10_000, Sessions).Select(port => (ushort)port))
        {
            gateway.FromHost(Packet.Udp(Net.Host, port, Net.Server, 53));
            gateway.Step();
        }

        gateway.Run();
        Assert.Equal(Sessions, gateway.Translator.SessionCount);
        return gateway;
    }
}
