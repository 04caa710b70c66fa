using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Host.Planning;
using NatEngine.Translation;

namespace NatEngine.Host.Tests.Planning;

public sealed class PortRangesTests
{
    [Theory]
    [InlineData("1-65535", "", "1-65535")]
    [InlineData("1024-65535", "32768-60999", "1024-32767 61000-65535")]
    [InlineData("1024-65535", "1-2000", "2001-65535")]
    [InlineData("1024-65535", "60000-65535", "1024-59999")]
    [InlineData("1024-65535", "3000-4000 3500-3600 1024-1024", "1025-2999 4001-65535")]
    [InlineData("1024-2000", "1-65535", "")]
    [InlineData("1024-2000", "3000-4000", "1024-2000")]
    [InlineData("65535-65535", "1-65534", "65535-65535")]
    public void What_is_left_of_a_range(string range, string excluded, string expected)
        => Assert.Equal(expected, Text(PortRanges.Without(Parse(range)[0], Parse(excluded))));

    [Theory]
    [InlineData("", "")]
    [InlineData("80 1024-2000", "80-80 1024-2000")]
    [InlineData("1024-2000 2001 1500", "1024-2001")]
    [InlineData("65535 1-65535", "1-65535")]
    public void Ranges_that_touch_become_one(string ranges, string expected)
        => Assert.Equal(expected, Text(PortRanges.Merge(Parse(ranges))));

    private static PortRange[] Parse(string ranges)
        => [.. ranges.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text =>
        {
            Assert.True(PortRange.TryParse(text, out PortRange range));
            return range;
        })];

    private static string Text(IEnumerable<PortRange> ranges)
        => string.Join(' ', ranges.Select(range => range.ToString()));
}
