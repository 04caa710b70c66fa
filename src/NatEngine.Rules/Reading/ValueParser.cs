namespace NatEngine.Rules.Reading;

/// <summary>Reads the word after an option.</summary>
/// <returns>Null if it was read; else what is wrong with it.</returns>
internal delegate string? ValueParser<T>(string text, out T value);
