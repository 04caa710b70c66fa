using System;
using System.Buffers;
using System.Diagnostics;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.LoadTest.Clients.Servers;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>Looks up the address of a server by its name, from a port of its own as resolvers do (RFC 5452 section 9):
/// one session of a NAT for each lookup.</summary>
internal static class DnsLookup
{
    /// <summary>Asks once; there is no second try, which would hide that the first was lost.</summary>
    /// <param name="seat">Who asks.</param>
    /// <param name="server">The number of the server whose name is asked for.</param>
    /// <param name="id">The question's number, 0 to 65,535.</param>
    /// <param name="timeout">Ends it.</param>
    /// <returns>Why it failed.</returns>
    public static async Task<FailureCause> AskAsync(
        ClientSeat seat, int server, int id, CancellationToken timeout)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(2 * DnsMessage.MaxLength);
        try
        {
            using Socket socket = seat.OpenUdp();
            await socket.ConnectAsync(seat.Servers.Resolver(seat.ClientNumber), timeout);
            int asked = DnsMessage.WriteQuery(buffer, (ushort)id, ServerPlaces.NameOf(server));
            long start = Stopwatch.GetTimestamp();
            await socket.SendAsync(buffer.AsMemory(0, asked), timeout);
            int answered = await socket.ReceiveAsync(
                buffer.AsMemory(DnsMessage.MaxLength, DnsMessage.MaxLength), timeout);
            seat.Recorder.Record(LatencyPhase.Lookup, start, Stopwatch.GetTimestamp());
            seat.Recorder.AddOctets(seat.Number, answered);
            bool right = DnsMessage.TryReadAnswer(
                    buffer.AsSpan(0, asked), buffer.AsSpan(DnsMessage.MaxLength, answered), out IPv4Address address)
                && seat.Servers.NumberOf(address) == server;
            return right ? FailureCause.None : FailureCause.DnsError;
        }
        catch (Exception thrown) when (FailureCauses.IsFailure(thrown))
        {
            return FailureCauses.Of(thrown, FailureCause.DnsTimeout);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
