using System;
using System.Net;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests.Judges;

/// <summary>coturn as a STUN server with two addresses and two ports at the remote, so that it can answer from
/// elsewhere than it was asked (RFC 5780).</summary>
internal sealed class StunServer : IDisposable
{
    private const int Port = 3478;
    private const int OtherPort = 3479;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RunningProgram _program;

    private StunServer(RunningProgram program) => _program = program;

    /// <summary>Where the server is asked first.</summary>
    public static IPEndPoint First { get; } = new(NatTopology.RemoteAddresses[0], Port);

    /// <summary>Where it is asked second.</summary>
    public static IPEndPoint Second { get; } = new(NatTopology.RemoteAddresses[1], Port);

    /// <summary>Starts it and waits until it serves.</summary>
    public static StunServer Start(LabHost host)
    {
        RunningProgram program = host.Start(
            "turnserver",
            [
                "-n", "--no-cli", "--no-tls", "--no-dtls", "--no-tcp", "--no-auth", "--stun-only",
                "--log-file=stdout", "--simple-log", "--pidfile=/dev/null", "--userdb=:memory:",
                "-L", First.Address.ToString(), "-L", Second.Address.ToString(),
                "-p", $"{Port}", $"--alt-listening-port={OtherPort}",
            ]);
        try
        {
            program.WaitForLine("IO method (auth thread)", Patience);
            return new StunServer(program);
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    public void Dispose() => _program.Dispose();
}
