using System.Net;

namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>Just enough of a name server for <c>dig</c> (RFC 1035): every name has one address.</summary>
internal static class NameServer
{
    private const int HeaderLength = 12;

    /// <summary>Answers a query for an address with one.</summary>
    public static byte[] Answer(byte[] query, IPAddress address)
    {
        // The question ends after the root label, type and class; what follows (EDNS) is left out of the answer.
        int end = HeaderLength;
        while (query[end] != 0)
        {
            end += query[end] + 1;
        }

        byte[] question = query[..(end + 5)];
        question[2] = 0x81; // QR, RD
        question[3] = 0x80; // RA
        question[7] = 1; // one answer
        question[8] = question[9] = question[10] = question[11] = 0;

        // A pointer to the name in the question, type A, class IN, one minute, four octets.
        return [.. question, 0xC0, HeaderLength, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, .. address.GetAddressBytes()];
    }
}
