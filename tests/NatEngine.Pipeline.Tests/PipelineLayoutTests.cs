using System.Collections.Generic;
using System.Linq;

namespace NatEngine.Pipeline.Tests;

public class PipelineLayoutTests
{
    [Fact]
    public void There_are_sixteen_and_each_reads_as_it_is_written()
    {
        HashSet<string> texts = [];
        foreach (PipelineLayout layout in PipelineLayout.All)
        {
            Assert.True(PipelineLayout.TryParse(layout.ToString(), out PipelineLayout parsed, out _));
            Assert.Equal(layout, parsed);
            Assert.Equal(layout.Threads, layout.ThreadNames().Count);
            texts.Add(layout.ToString());
        }

        Assert.Equal(16, texts.Count);
    }

    [Theory]
    [InlineData("rx+lookup+rewrite+checksum+tx", 1)]
    [InlineData("rx|lookup|rewrite|checksum|tx", 5)]
    [InlineData(" rx + lookup | rewrite+checksum | tx ", 3)]
    public void Channels_make_threads(string text, int threads)
    {
        Assert.True(PipelineLayout.TryParse(text, out PipelineLayout layout, out _));
        Assert.Equal(threads, layout.Threads);
    }

    [Theory]
    [InlineData(null, "stage 1 is '' and must be 'rx'")]
    [InlineData("rx", "nothing follows 'rx'")]
    [InlineData("rx|rewrite|lookup|checksum|tx", "stage 2 is 'rewrite' and must be 'lookup'")]
    [InlineData("rx|lookup|rewrite|checksum|tx|tx", "something follows 'tx'")]
    [InlineData("rx|lookup|rewrite|checksum", "nothing follows 'checksum'")]
    [InlineData("rx,lookup", "stage 1 is 'rx,lookup' and must be 'rx'")]
    [InlineData("RX|lookup|rewrite|checksum|tx", "stage 1 is 'RX' and must be 'rx'")]
    public void Says_what_is_wrong_and_what_would_be_right(string? text, string wrong)
    {
        Assert.False(PipelineLayout.TryParse(text, out _, out string? error));
        Assert.Contains(wrong, error);
        Assert.Contains("rx, lookup, rewrite, checksum, tx, in this order", error);
    }

    [Fact]
    public void The_zero_value_is_run_to_completion()
        => Assert.Equal("rx+lookup+rewrite+checksum+tx", default(PipelineLayout).ToString());

    [Fact]
    public void Names_its_threads_after_their_stages()
        => Assert.Equal(
            ["rx", "lookup", "rewrite", "checksum", "tx"], PipelineLayout.ThreadPerStage.ThreadNames().ToArray());
}
