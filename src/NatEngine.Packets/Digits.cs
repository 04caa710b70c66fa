using System;

namespace NatEngine.Packets;

/// <summary>Strict reading of decimal numbers in addresses.</summary>
/// <remarks>The framework's own <c>TryParse</c> takes leading zeros and trailing NUL characters even with
/// <c>NumberStyles.None</c>; an address that two programs read differently is a way around a rule.</remarks>
internal static class Digits
{
    /// <summary>Reads a number of digits only, without leading zeros.</summary>
    /// <param name="text">The whole number, nothing else.</param>
    /// <param name="largest">The largest number to accept.</param>
    /// <param name="value">The number; 0 if the result is false.</param>
    internal static bool TryParse(ReadOnlySpan<char> text, ushort largest, out ushort value)
    {
        value = 0;
        if (text.IsEmpty || (text[0] == '0' && text.Length > 1))
        {
            return false;
        }

        int number = 0;
        foreach (char digit in text)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
            if (number > largest)
            {
                return false;
            }
        }

        value = (ushort)number;
        return true;
    }
}
