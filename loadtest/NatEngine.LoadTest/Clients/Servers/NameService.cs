using System;
using System.Globalization;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Clients.Servers;

/// <summary>Knows the names of the servers, and answers who asks for one.</summary>
internal sealed class NameService(ServerPlaces servers)
{
    private const string Suffix = "." + ServerPlaces.Domain;

    /// <summary>Makes a question into its answer, in place.</summary>
    /// <returns>The answer's length; 0 for what is no question, which is not answered.</returns>
    public int Answer(byte[] buffer, int length)
    {
        if (!DnsMessage.TryReadQuery(buffer.AsSpan(0, length), out int questionLength, out string name))
        {
            return 0;
        }

        return DnsMessage.WriteAnswer(buffer.AsSpan(0, questionLength), AddressOf(name), buffer);
    }

    private IPv4Address? AddressOf(string name)
        => name.StartsWith('s') && name.EndsWith(Suffix, StringComparison.Ordinal)
            && int.TryParse(
                name.AsSpan(1, name.Length - Suffix.Length - 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out int number)
            && number < servers.Count
                ? IPv4Address.From(servers.AddressOf(number))
                : null;
}
