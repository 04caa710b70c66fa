using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging.Abstractions;
using NatEngine.Host.Receiving;

namespace NatEngine.Host.Tests.Receiving;

public sealed class GatewayReceivingTests
{
    private const string Missing = "nel-missing";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private int _looks;

    [Fact]
    public async Task What_the_kernel_refuses_is_not_asked_for_again()
    {
        GatewayReceiving receiving = Make(ReceiveWay.Adaptive);
        receiving.Start(Losing, () => new ProcessorShares(Interrupts: 1, Idle: 0));

        Assert.True(SpinWait.SpinUntil(() => receiving.External.IsSettled, Patience));
        await receiving.DisposeAsync();

        Assert.True(receiving.Internal.IsSettled);
        Assert.False(receiving.Internal.IsInThreads);
        Assert.Equal(0, receiving.Internal.Switches);
        Assert.Equal(OverloadJudge.Looks + 2, _looks); // one to begin with, one that begins the loss
    }

    [Fact]
    public async Task Left_as_it_is_nobody_looks()
    {
        GatewayReceiving receiving = Make(ReceiveWay.AsIs);
        receiving.Start(Losing, () => null);
        await receiving.DisposeAsync();

        Assert.Equal(0, _looks);
        Assert.False(receiving.Internal.IsSettled);
    }

    private static GatewayReceiving Make(ReceiveWay way)
        => new(way, Missing, Missing, NullLogger.Instance, TimeProvider.System);

    private (long Received, long Lost) Losing()
    {
        int looks = ++_looks;
        return (looks * 100, looks * 1_000);
    }
}
