using NatEngine.Rules.Targets;

namespace NatEngine.Translation.Policy;

/// <summary>How REJECT is said in ICMP.</summary>
internal static class IcmpCodes
{
    /// <summary>The code of the destination unreachable (RFC 792, RFC 1122, RFC 1812) that says it.</summary>
    public static byte Of(RejectAnswer answer) => answer switch
    {
        RejectAnswer.NetUnreachable => 0,
        RejectAnswer.HostUnreachable => 1,
        RejectAnswer.ProtocolUnreachable => 2,
        RejectAnswer.NetProhibited => 9,
        RejectAnswer.HostProhibited => 10,
        RejectAnswer.AdminProhibited => 13,
        _ => 3,
    };
}
