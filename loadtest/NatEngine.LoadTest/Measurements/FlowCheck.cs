using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using NatEngine.LoadTest.Flood;
using NatEngine.LoadTest.Systems;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Measurements;

/// <summary>Makes sure that a system does its work before its speed is measured: each flow's datagrams arrive at a real
/// socket, whose kernel has verified their checksums, and from where they should come.</summary>
internal static class FlowCheck
{
    private const int Port = 7;
    private const double Rate = 20_000;

    // Each flow sends so often; one arrival is enough, because a socket's queue may overflow while its reader waits for
    // a processor.
    private const int Rounds = 3;
    private const int ReceiveBufferOctets = 4 << 20;

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);
    // A sender that waits for its processor is not to give up half-way.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Checks every flow.</summary>
    /// <exception cref="MeasurementException">A flow did not arrive, or shares its external port with another, or came
    /// from an address that it should not have.</exception>
    public static void Verify(Testbed testbed, ISystemUnderTest system, int flows, int clients)
    {
        using Socket socket = testbed.Remote.CreateUdpSocket();
        socket.ReceiveBufferSize = ReceiveBufferOctets;
        socket.ReceiveTimeout = (int)Quiet.TotalMilliseconds;
        socket.Bind(new IPEndPoint(Testbed.Target, Port));
        long packets = (long)flows * Rounds;
        FlowArrivals arrivals = new(flows);
        using CancellationTokenSource flooded = new();
        Thread receiver = new(() => Receive(socket, arrivals, flooded.Token)) { IsBackground = true };
        receiver.Start();
        try
        {
            FloodProgram.Run(testbed, new FloodPlan
            {
                NextHop = testbed.NextHop,
                Station = Testbed.StationOf(testbed.Inside, Testbed.EndInterface),
                FirstClient = Testbed.FirstClient,
                Clients = clients,
                Flows = flows,
                Destination = new(Packets.IPv4Address.From(Testbed.Target), Port),
                Rate = Rate,
                Duration = Longest,
                Packets = packets,
            }, Patience);
        }
        finally
        {
            flooded.Cancel();
            receiver.Join();
        }

        string? wrong = arrivals.WhatIsWrong(system.Translates ? testbed.ExternalAddress : null);
        if (wrong is not null)
        {
            throw new MeasurementException($"{system.Name} does not forward what it should: {wrong}");
        }
    }

    // Until the flood is over and nothing has come for a while.
    private static void Receive(Socket socket, FlowArrivals arrivals, CancellationToken flooded)
    {
        byte[] payload = new byte[FloodPlan.LongestFrame];
        EndPoint source = new IPEndPoint(IPAddress.Any, 0);
        bool quiet = false;
        while (!(quiet && flooded.IsCancellationRequested))
        {
            try
            {
                int length = socket.ReceiveFrom(payload, ref source);
                quiet = false;
                arrivals.Add(payload.AsSpan(0, length), (IPEndPoint)source);
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.TimedOut)
            {
                quiet = true;
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.WouldBlock)
            {
                quiet = true;
            }
        }
    }
}
