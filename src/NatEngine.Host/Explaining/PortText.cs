using NatEngine.Host.Settings;
using NatEngine.Packets;
using NatEngine.Translation;
using NatEngine.Translation.Explaining;

namespace NatEngine.Host.Explaining;

/// <summary>Says which source a session gets, and why that one.</summary>
internal static class PortText
{
    /// <summary>What it is seen under, and why.</summary>
    internal static string Of(ExplainedPort port, IpProtocol protocol, GatewayNames names)
    {
        string noun = protocol == IpProtocol.Icmp ? "identifier" : "port";
        string of = port.Pool is byte pool ? $", of pool {names.Pools[pool]}" : "";
        return port.Origin switch
        {
            PortOrigin.Mapping => $"{port.External}{of}: the internal end's mapping has it",
            PortOrigin.AddressAlone => $"{port.External.Address}{of}: the address alone, no port is given",
            PortOrigin.Preserved => $"{port.External}{of}: its own {noun}, which is free{AmongOf(port)}",
            PortOrigin.Reused => $"{port.External}{of}: the {noun} of the internal end's last session{AmongOf(port)}",
            PortOrigin.Next => $"{port.External}{of}: the next after the last that was given{AmongOf(port)}",
            _ => $"{port.External.Address}{of}: {DrawnOf(port, noun)} from the {SettingTexts.Number(port.Free)} "
                + $"that are free of {port.Within}{KindOf(port)}{ParityOf(port)}",
        };
    }

    private static string KindOf(ExplainedPort port)
        => port.IsComputed ? ", computed from the internal address"
            : port.IsNewBlock ? ", a new block of the internal address, or another that is free"
            : port.IsOfBlock ? ", a block of the internal address"
            : port.IsShared ? ", towards this remote end"
            : "";

    private static string DrawnOf(ExplainedPort port, string noun) => port switch
    {
        { Choice: not PortChoice.Preserve } => $"the {noun} is drawn",
        { IsOwnPortElsewhere: true } => $"its own {noun} is another lane's to give, so one is drawn",
        _ => $"its own {noun} is taken or left out, so one is drawn",
    };

    private static string AmongOf(ExplainedPort port)
        => $" ({SettingTexts.Number(port.Free)} are of {port.Within}{KindOf(port)})";

    private static string ParityOf(ExplainedPort port) => port.KeepsParity ? ", its parity kept if there is one" : "";
}
