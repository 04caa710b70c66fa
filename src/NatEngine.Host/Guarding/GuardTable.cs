using System;
using System.Globalization;
using System.Text;

namespace NatEngine.Host.Guarding;

/// <summary>The name of the nft table that guards an interface.</summary>
internal static class GuardTable
{
    /// <summary>What the names of all guard tables begin with.</summary>
    internal const string Prefix = "natengine_";

    /// <summary>The table that guards an interface, as nft spells it.</summary>
    /// <remarks>
    /// nft takes letters, digits and <c>_ . - /</c> in a table's name; the kernel takes anything but <c>/</c>, <c>:</c>
    /// and white space in an interface's. What nft does not take is written as <c>/</c> and two hexadecimal digits per
    /// octet of UTF-8: no two interfaces share a table, because no interface's own name has a slash.
    /// </remarks>
    internal static string NameOf(string interfaceName)
    {
        StringBuilder name = new(Prefix);
        foreach (byte octet in Encoding.UTF8.GetBytes(interfaceName))
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'_' or (byte)'.' or (byte)'-')
            {
                name.Append((char)octet);
            }
            else
            {
                name.Append(CultureInfo.InvariantCulture, $"/{octet:x2}");
            }
        }

        return name.ToString();
    }

    /// <summary>Whether an interface of this name can be written between nft's double quotes.</summary>
    /// <remarks>nft has no escape for a double quote, and reads <c>*</c> at the end of a name as "any that begins
    /// with".</remarks>
    internal static bool CanGuard(string interfaceName)
        => interfaceName.AsSpan().IndexOfAny('"', '*', '\\') < 0;
}
