using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Policy;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Policy;

/// <summary>Lines of LOG rules, in the kernel's words and order (nf_log_syslog.c).</summary>
public sealed class RuleLogTextTests
{
    private const string Station = "02:00:00:00:00:05";

    // NFLOG in FORWARD (6.18) has the frame's own header, and a packet whose time to live is less by one.
    [Theory]
    [InlineData("", "MAC=02:aa:00:00:00:01:02:00:00:00:00:05:08:00 ")]
    [InlineData(" --log-macdecode", "MACSRC=02:00:00:00:00:05 MACDST=02:aa:00:00:00:01 MACPROTO=0800 ")]
    public void In_FORWARD_it_has_the_frame_both_interfaces_and_what_is_left_of_the_time_to_live(
        string option, string frame)
    {
        string line = LineOf(
            "", $"-A FORWARD -j LOG --log-prefix \"seen: \"{option}",
            Frames.OfService(0xB8, Frames.Udp("100.64.0.5:4000", "198.51.100.7:53")));

        Assert.Equal(
            $"seen: IN=lan0 OUT=wan0 {frame}SRC=100.64.0.5 DST=198.51.100.7 LEN=32 TOS=0x18 PREC=0xA0 TTL=63 ID=0 "
            + "PROTO=UDP SPT=4000 DPT=53",
            line);
    }

    [Fact] // ip_rcv has not routed it yet
    public void In_PREROUTING_it_has_no_way_out_and_its_time_to_live_as_it_came()
    {
        string line = LineOf(
            "-A PREROUTING -j LOG", "", Frames.Tcp("100.64.0.5:4000", "198.51.100.7:80", TcpFlags.Syn));

        Assert.Equal(
            "IN=lan0 OUT= MAC=02:aa:00:00:00:01:02:00:00:00:00:05:08:00 SRC=100.64.0.5 DST=198.51.100.7 LEN=40 "
            + "TOS=0x00 PREC=0x00 TTL=64 ID=0 PROTO=TCP SPT=4000 DPT=80 WINDOW=1000 SYN",
            line);
    }

    [Fact] // RFC 3168 section 6.1.1: a SYN that asks for congestion notification
    public void Flags_stand_in_the_kernels_order()
    {
        string line = LineOf(
            "", "-A FORWARD -j LOG --log-tcp-sequence",
            Frames.Tcp("100.64.0.5:4000", "198.51.100.7:80", TcpFlags.Syn | TcpFlags.Ece | TcpFlags.Cwr, sequence: 7));

        Assert.EndsWith("SEQ=7 ACK=1 WINDOW=1000 CWR ECE SYN", line, System.StringComparison.Ordinal);
    }

    private static string LineOf(string nat, string filter, byte[] frame)
    {
        RuleProgram program = Ruled.Program(nat, filter, IPv4Address.Parse(Gateway.External));
        using Gateway gateway = new(options => options with { Rules = program });
        Assert.Equal(DropReason.None, gateway.FromInside(Frames.From(Station, frame)).Verdict.Reason);
        RuleLogEntry entry = Assert.Single(program.TakeLog(out long lost));
        Assert.Equal(0, lost);
        RuleSurroundings surroundings = program.Surroundings with
        {
            InternalStation = new MacAddress(0x02AA_0000_0001),
            ExternalStation = new MacAddress(0x02AA_0000_0002),
        };
        return RuleLogText.Of(program.LogOf(entry), entry, surroundings);
    }
}
