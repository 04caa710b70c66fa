using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using NatEngine.Host.Control;
using NatEngine.Host.Settings;

namespace NatEngine.Host.Cli;

/// <summary>The options of <c>natengine run</c>, each of which sets what a key of natengine.json also sets.</summary>
internal sealed class RunOptions
{
    private readonly List<(Option Option, SettingKey Key)> _settings = [];
    private readonly Option<bool> _noGuard = new("--no-guard")
    {
        Description = "Do not install the guard that keeps the kernel from answering and forwarding the engine's "
            + "packets.",
    };

    private readonly Option<string> _config = new("--config")
    {
        Description = "Read further settings from FILE (JSON; natengine.sample.json documents each key). The command "
            + "line wins.",
        HelpName = "FILE",
    };

    internal RunOptions(Command command)
    {
        Add(command, SettingKeys.InternalInterface, "IF", "The interface towards the internal hosts.");
        Add(command, SettingKeys.ExternalInterface, "IF", "The interface towards the outside.");
        Add(
            command,
            SettingKeys.ExternalAddresses,
            "A[,B-C]",
            "External addresses that belong to the engine alone. Default: the external interface's own address, shared "
            + "with the host.");
        Add(
            command,
            SettingKeys.ExternalGateway,
            "A",
            "The next router on the external link. Default: the kernel's default route on the interface.");
        Add(
            command,
            SettingKeys.Publish,
            "P",
            "Publish an internal service outside: tcp|udp:PORT=ADDRESS:PORT. May be repeated.");
        Add(
            command,
            SettingKeys.Rules,
            "FILE",
            "Rules that sessions must pass and are translated by: iptables-save text. Default: none, all that opens "
            + "from inside is translated.");
        Add(
            command,
            SettingKeys.Preset,
            "NAME",
            $"How the NAT shows itself: {string.Join(", ", SettingWords.Presets.Keys)}. Default: default.");
        command.Options.Add(_config);
        Add(
            command,
            SettingKeys.Layout,
            "L",
            "Which stages share a thread: rx, lookup, rewrite, checksum, tx joined by '+' (same thread) or '|' "
            + "(channel). Default: chosen by the number of cores.");
        Add(
            command,
            SettingKeys.Lanes,
            "N",
            "Gateways side by side that share the work, hosts and ports; up to one a processor. Default: 1.");
        Add(command, SettingKeys.Ring, "v2|v3", "Shape of the receive rings. Default: v2.");
        Add(
            command,
            SettingKeys.Napi,
            "as-is|adaptive|threaded",
            "When the kernel receives in threads, which share a processor fairly, instead of in interrupts: adaptive, "
            + "while these keep the gateway from forwarding. Default: as-is.");
        Add(
            command,
            SettingKeys.Transmit,
            "packet|xdp",
            "How frames are sent: by AF_PACKET, or by AF_XDP, which takes less of the processor and goes past the "
            + "queueing discipline. Default: packet.");
        Add(command, SettingKeys.MaxSessions, "N", "Sessions at most. Default: 1048576.");
        Add(command, SettingKeys.ControlPath, "PATH", $"The control socket. Default: {ControlChannel.DefaultPath}.");
        Add(
            command,
            SettingKeys.GuardKind,
            "auto|bpf|nft",
            "What keeps the kernel from answering and forwarding the engine's packets: programs at the interfaces "
            + "(Linux 6.6), nft tables, or auto: programs where they can be had. Default: auto.");
        command.Options.Add(_noGuard);
    }

    /// <summary>The file to read, null if none.</summary>
    internal string? ConfigPath(ParseResult parsed) => parsed.GetValue(_config);

    /// <summary>The settings that were given, by the path of their key.</summary>
    internal Dictionary<string, IReadOnlyList<string>> Values(ParseResult parsed)
    {
        Dictionary<string, IReadOnlyList<string>> values = [];
        foreach ((Option option, SettingKey key) in _settings)
        {
            if (parsed.GetResult(option) is OptionResult { Tokens.Count: > 0 } result)
            {
                values[key.Path] = [.. result.Tokens.Select(token => token.Value)];
            }
        }

        if (parsed.GetValue(_noGuard))
        {
            values[SettingKeys.Guard.Path] = ["false"];
        }

        return values;
    }

    private void Add(Command command, SettingKey key, string valueName, string description)
    {
        Option option = key.IsList ? new Option<string[]>(key.Option!) : new Option<string>(key.Option!);
        option.Description = description;
        option.HelpName = valueName;
        _settings.Add((option, key));
        command.Options.Add(option);
    }
}
