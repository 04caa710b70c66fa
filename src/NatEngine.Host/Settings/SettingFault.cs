namespace NatEngine.Host.Settings;

/// <summary>Why the gateway can't run as it was told to.</summary>
/// <param name="Where">The command-line option, or the file and the key in it.</param>
/// <param name="What">What is wrong: the noun of the setting.</param>
/// <param name="Value">The value that was given; null if none was.</param>
/// <param name="Rule">What a value must be, or what to do.</param>
internal readonly record struct SettingFault(string Where, string What, string? Value, string Rule)
{
    /// <summary>One line: where, what, value, rule.</summary>
    public override string ToString()
        => Value is null ? $"{Where}: {What}: {Rule}" : $"{Where}: {What} '{Value}': {Rule}";
}
