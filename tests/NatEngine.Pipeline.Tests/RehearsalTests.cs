using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Tests;

public sealed class RehearsalTests
{
    [Theory]
    [InlineData("default")]
    [InlineData("full-cone")]
    [InlineData("cgn")]
    [InlineData("symmetric")]
    [InlineData("netfilter")]
    public void Goes_each_way_that_a_packet_can_go(string preset)
    {
        TranslationBehavior behavior = preset switch
        {
            "full-cone" => TranslationBehavior.FullCone,
            "cgn" => TranslationBehavior.Cgn,
            "symmetric" => TranslationBehavior.Symmetric,
            "netfilter" => TranslationBehavior.Netfilter,
            _ => TranslationBehavior.Default,
        };

        PipelineCounters counters = Rehearsal.Run(new TranslationOptions
        {
            ExternalAddresses = [Net.Outside],
            Behavior = behavior,
            Subscribers = new SubscriberLimits { Sessions = 100 },
        });

        // Three rounds. Out: nine packets each; in: their nine answers and nine errors about them. To the host besides:
        // the answer to its ARP request, to its ping, and that a packet's time was over. The neighbour table asks when
        // its time has come, so there may be more of ARP, and of errors about hosts that do not answer.
        Assert.Equal(
            27,
            counters.External.TransmittedFrames - counters.External.Arp.RequestsSent
                - counters.External.Arp.RepliesSent);
        Assert.InRange(counters.Internal.TransmittedFrames - counters.Internal.Arp.RequestsSent, 3 * (9 + 9 + 3), 66);
        Assert.Equal(3, counters.Drops[DropReason.NotInternal]);
        Assert.Equal(3, counters.Drops[DropReason.TimeToLiveExceeded]);
        Assert.Equal(6, counters.Drops[DropReason.NoMapping]);
        Assert.True(counters.External.Arp.RequestsSent >= 3);
        Assert.Equal(3, counters.External.Arp.RepliesSent);
        Assert.Equal(0, counters.Drops[DropReason.MalformedTransport]);
        Assert.Equal(0, counters.Drops[DropReason.BadIPv4Checksum]);
        Assert.Equal(0, counters.Drops[DropReason.BadIcmpChecksum]);
    }
}
