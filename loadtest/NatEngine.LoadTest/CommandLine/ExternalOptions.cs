using System.Collections.Generic;
using System.CommandLine;

namespace NatEngine.LoadTest.CommandLine;

/// <summary>The options that say where somebody else's NAT is cabled to this machine; part of <see cref="RunOptions"/>.
/// </summary>
internal sealed class ExternalOptions
{
    private static readonly ExternalRequest Defaults = new();

    private readonly Option<string?> _internal = new("--internal-interface")
    {
        Description = "For 'external': the interface that is cabled to the inside of the NAT. Moved away meanwhile.",
    };

    private readonly Option<string?> _external = new("--external-interface")
    {
        Description = "For 'external': the interface that is cabled to its outside. Moved away meanwhile.",
    };

    private readonly Option<string> _gateway = Address(
        "--gateway-address", "For 'external': the NAT's address on the inside.", Defaults.GatewayAddress);

    private readonly Option<string> _seen = Address(
        "--external-address", "For 'external': the address that the outside sees.", Defaults.ExternalAddress);

    private readonly Option<string> _inside = Address(
        "--inside-address", "For 'external': the inside host's address.", Defaults.InsideAddress);

    private readonly Option<string> _remote = Address(
        "--remote-address",
        "For 'external': the remote host's address, the NAT's router to 198.51.100.0/24 and 198.18.0.0/15.",
        Defaults.RemoteAddress);

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [_internal, _external, _gateway, _seen, _inside, _remote];

    /// <summary>Reads what was typed.</summary>
    public ExternalRequest Read(ParseResult parsed) => new()
    {
        InternalInterface = parsed.GetValue(_internal),
        ExternalInterface = parsed.GetValue(_external),
        GatewayAddress = parsed.GetRequiredValue(_gateway),
        ExternalAddress = parsed.GetRequiredValue(_seen),
        InsideAddress = parsed.GetRequiredValue(_inside),
        RemoteAddress = parsed.GetRequiredValue(_remote),
    };

    private static Option<string> Address(string name, string description, string value)
        => new(name) { Description = description, DefaultValueFactory = _ => value };
}
