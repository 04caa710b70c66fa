using System;

namespace NatEngine.Translation;

/// <summary>An option of <see cref="TranslationOptions"/> cannot hold.</summary>
public sealed class InvalidOptionException : ArgumentException
{
    internal InvalidOptionException(string key, object value, string rule, string? pool = null)
        : base($"{(pool is null ? string.Empty : $"pool {pool}: ")}{key}: {value}: {rule}.")
    {
        Key = key;
        Value = value;
        Rule = rule;
        Pool = pool;
    }

    /// <summary>The property, as in <c>Timers.Udp</c>; of a pool, as in <c>Ports</c>.</summary>
    public string Key { get; }

    /// <summary>What it is.</summary>
    public object Value { get; }

    /// <summary>What it would have to be, and why.</summary>
    public string Rule { get; }

    /// <summary>The name of the pool among <see cref="TranslationOptions.Pools"/> that it is an option of; null if it
    /// is none of theirs.</summary>
    public string? Pool { get; }
}
