using System.Collections.Generic;
using System.Linq;

namespace NatEngine.Rules.Targets;

/// <summary>The words of <c>--reject-with</c> (libipt_REJECT.c): the long one, and the short one.</summary>
internal static class RejectAnswerNames
{
    internal static IReadOnlyList<(string Name, string Short, RejectAnswer Answer)> All { get; } =
    [
        ("icmp-net-unreachable", "net-unreach", RejectAnswer.NetUnreachable),
        ("icmp-host-unreachable", "host-unreach", RejectAnswer.HostUnreachable),
        ("icmp-proto-unreachable", "proto-unreach", RejectAnswer.ProtocolUnreachable),
        ("icmp-port-unreachable", "port-unreach", RejectAnswer.PortUnreachable),
        ("icmp-net-prohibited", "net-prohib", RejectAnswer.NetProhibited),
        ("icmp-host-prohibited", "host-prohib", RejectAnswer.HostProhibited),
        ("tcp-reset", "tcp-rst", RejectAnswer.TcpReset),
        ("icmp-admin-prohibited", "admin-prohib", RejectAnswer.AdminProhibited),
    ];

    internal static string NameOf(RejectAnswer answer) => All.First(entry => entry.Answer == answer).Name;
}
