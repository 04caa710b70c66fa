using System.Buffers.Binary;
using System.Net;
using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Tests.Measurements;

public sealed class FlowArrivalsTests
{
    private static readonly IPAddress External = IPAddress.Parse("203.0.113.1");

    private readonly FlowArrivals _arrivals = new(flows: 2);

    [Fact]
    public void All_is_well_when_each_flow_comes_from_its_own_port_of_the_external_address()
    {
        Add(0, 1000);
        Add(1, 1001);
        Add(0, 1000);

        Assert.Null(_arrivals.WhatIsWrong(External));
        Assert.Null(_arrivals.WhatIsWrong(external: null));
    }

    [Fact]
    public void Misses_a_flow()
    {
        Add(0, 1000);

        Assert.Contains("only 1 of 2", _arrivals.WhatIsWrong(External));
    }

    [Fact]
    public void Finds_flows_that_share_a_port()
    {
        Add(0, 1000);
        Add(1, 1000);

        Assert.Contains("share", _arrivals.WhatIsWrong(External));
    }

    [Fact]
    public void Finds_an_untranslated_flow()
    {
        Add(0, 1000);
        Add(1, 1001, "100.64.16.1");

        Assert.Contains("not 203.0.113.1", _arrivals.WhatIsWrong(External));
        Assert.Null(_arrivals.WhatIsWrong(external: null));
    }

    [Fact]
    public void Finds_a_flow_that_changes_its_port()
    {
        Add(0, 1000);
        Add(1, 1001);
        Add(1, 1002);

        Assert.Contains("another source", _arrivals.WhatIsWrong(External));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 2 })]
    [InlineData(new byte[] { 255, 255, 255, 255 })]
    [InlineData(new byte[] { 0, 0 })]
    public void Finds_a_payload_that_nobody_sent(byte[] payload)
    {
        Add(0, 1000);
        Add(1, 1001);
        _arrivals.Add(payload, new IPEndPoint(External, 1003));

        Assert.Contains("nobody sent", _arrivals.WhatIsWrong(External));
    }

    private void Add(int flow, int port, string source = "203.0.113.1")
    {
        byte[] payload = new byte[18];
        BinaryPrimitives.WriteInt32BigEndian(payload, flow);
        _arrivals.Add(payload, new IPEndPoint(IPAddress.Parse(source), port));
    }
}
