using System;
using System.Threading;
using NatEngine.Host.Receiving;
using NatEngine.Pipeline;

namespace NatEngine.Host.Tests.Receiving;

public sealed class PacketProcessorsTests
{
    [Fact]
    public void Finds_the_processor_of_a_thread_with_a_packet_threads_name()
    {
        using ManualResetEventSlim running = new();
        using ManualResetEventSlim done = new();
        Thread thread = new(() =>
        {
            running.Set();
            done.Wait();
        })
        {
            Name = $"{PipelineLayout.ThreadPrefix}{PipelineLayout.RunToCompletion}",
            IsBackground = true,
        };
        thread.Start();
        running.Wait();

        try
        {
            Assert.All(PacketProcessors.Find(), processor => Assert.InRange(processor, 0, 8191));
            Assert.NotEmpty(PacketProcessors.Find());
        }
        finally
        {
            done.Set();
            Assert.True(thread.Join(TimeSpan.FromSeconds(30)));
        }
    }

    [Fact]
    public void The_first_question_has_no_answer_and_the_next_one_has_shares()
    {
        PacketProcessors processors = new();

        Assert.Null(processors.Ask());
        ProcessorShares shares = Assert.NotNull(processors.Ask());

        Assert.InRange(shares.Interrupts, 0, 1);
        Assert.InRange(shares.Idle, 0, 1);
    }
}
