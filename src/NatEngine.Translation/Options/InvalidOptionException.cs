using System;

namespace NatEngine.Translation;

/// <summary>An option of <see cref="TranslationOptions"/> cannot hold.</summary>
public sealed class InvalidOptionException : ArgumentException
{
    internal InvalidOptionException(string key, object value, string rule)
        : base($"{key}: {value}: {rule}.")
    {
        Key = key;
        Value = value;
        Rule = rule;
    }

    /// <summary>The property, as in <c>Timers.Udp</c>.</summary>
    public string Key { get; }

    /// <summary>What it is.</summary>
    public object Value { get; }

    /// <summary>What it would have to be, and why.</summary>
    public string Rule { get; }
}
