using System;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Translation.Policy;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Policy;

/// <summary>Gateways with rules, written as iptables-save writes them.</summary>
internal static class Ruled
{
    private static readonly IPv4Prefix Inside = new(IPv4Address.Parse("100.64.0.0"), 16);

    /// <summary>A gateway with these lines in its tables.</summary>
    public static Gateway Gateway(string nat, string filter, params string[] addresses)
        => new(options => With(options, nat, filter, addresses));

    public static TranslationOptions With(
        TranslationOptions options, string nat, string filter, params string[] addresses)
    {
        IPv4Address[] external = addresses.Length == 0
            ? [.. options.ExternalAddresses]
            : Array.ConvertAll(addresses, IPv4Address.Parse);
        return options with { ExternalAddresses = external, Rules = Program(nat, filter, external) };
    }

    public static RuleProgram Program(string nat, string filter, params IPv4Address[] external)
    {
        RuleProgram? program = TryProgram(nat, filter, out IReadOnlyList<RuleRefusal> refusals, external);
        Assert.Empty(refusals);
        return program!;
    }

    public static RuleProgram? TryProgram(
        string nat, string filter, out IReadOnlyList<RuleRefusal> refusals, params IPv4Address[] external)
    {
        string text = $"*nat\n{nat}\nCOMMIT\n*filter\n{filter}\nCOMMIT\n";
        RuleReading reading = RuleFile.Read(text, "rules");
        Assert.True(reading.IsUsable, string.Join('\n', reading.Findings));
        return RuleProgram.TryCompile(
            reading.Rules,
            new RuleSurroundings
            {
                InternalInterface = "lan0",
                ExternalInterface = "wan0",
                ExternalAddresses = external,
                Ports = new PortRange(1024, 65535),
                InsideNetworks = [Inside],
                Sets = new Dictionary<string, IReadOnlyList<IPv4Prefix>>
                {
                    ["blocked"] = [new IPv4Prefix(IPv4Address.Parse("198.51.100.64"), 26)],
                },
            },
            out refusals);
    }
}
