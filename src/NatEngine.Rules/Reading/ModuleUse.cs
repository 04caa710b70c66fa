using System;
using System.Collections.Generic;
using NatEngine.Packets;

namespace NatEngine.Rules.Reading;

/// <summary>A match or target as a rule uses it: its word, and the options that belong to it.</summary>
internal sealed class ModuleUse(Word word, IReadOnlyList<OptionGrammar> options, FindingLog log)
{
    private readonly List<OptionUse> _given = [];

    internal Word Word => word;

    internal IReadOnlyList<OptionGrammar> Options => options;

    /// <summary>The protocol of the rule; null if it names none, or excludes one.</summary>
    internal IpProtocol? Protocol { get; set; }

    /// <summary>True if one of its options is not supported, so that nothing can be made of it.</summary>
    internal bool IsRefused { get; set; }

    internal void Add(OptionUse use)
    {
        if (Find(use.Option.Name) is not null)
        {
            Fail(use.Word, $"only one {use.Option.Name} is allowed in a rule");
            return;
        }

        if (use.IsNegated && !use.Option.IsNegatable)
        {
            Fail(use.Word, "'!' is not allowed before it");
            return;
        }

        _given.Add(use);
    }

    internal OptionUse? Find(string option)
    {
        foreach (OptionUse use in _given)
        {
            if (use.Option.Name == option)
            {
                return use;
            }
        }

        return null;
    }

    internal bool Has(string option) => Find(option) is not null;

    /// <summary>The condition of an option; null if it was not given or cannot be read, which is reported.</summary>
    internal Condition<T>? Condition<T>(string option, ValueParser<T> parse)
    {
        if (Find(option) is not { } use)
        {
            return null;
        }

        if (parse(use.Values[0].Text, out T value) is { } fault)
        {
            Fail(use.Values[0], fault);
            return null;
        }

        return new Condition<T>(value, use.IsNegated);
    }

    /// <summary>The condition of an option that must be there.</summary>
    internal Condition<T> Required<T>(string option, ValueParser<T> parse)
    {
        if (!Has(option))
        {
            Fail(word, $"the option {option} must be given");
        }

        return Condition(option, parse) ?? default;
    }

    /// <summary>The value of an option that cannot be negated; <paramref name="otherwise"/> without it.</summary>
    internal T Value<T>(string option, ValueParser<T> parse, T otherwise)
        => Condition(option, parse) is { } condition ? condition.Value : otherwise;

    /// <summary>Reports an error if the rule is not for one of <paramref name="protocols"/>.</summary>
    internal void RequireProtocol(Word about, params ReadOnlySpan<IpProtocol> protocols)
    {
        if (Protocol is { } given && protocols.Contains(given))
        {
            return;
        }

        List<string> names = [];
        foreach (IpProtocol protocol in protocols)
        {
            names.Add("-p " + ProtocolNames.NameOf(protocol));
        }

        Fail(about, $"needs {string.Join(" or ", names)}");
    }

    internal void Fail(Word about, string message) => log.Error(about, message);
}
