namespace NatEngine.Host.Settings;

/// <summary>A setting's names.</summary>
/// <param name="Path">Where it stands in natengine.json, levels joined by a colon.</param>
/// <param name="Noun">What it is, in a message.</param>
/// <param name="Option">The command-line option that sets it, if one does.</param>
/// <param name="IsList">Whether it takes several values.</param>
internal sealed record SettingKey(string Path, string Noun, string? Option = null, bool IsList = false);
