using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using System.Net.Sockets;

namespace NatEngine.Host.Hosting;

/// <summary>The claim of one process to be the engine on an interface: a second would translate every packet twice.
/// </summary>
/// <remarks>It is a listening Unix socket with an abstract name (unix(7)): those live in the network namespace, as
/// interfaces do, and the kernel drops them with the process, however it ends.</remarks>
internal sealed class InterfaceClaim : IDisposable
{
    // <asm-generic/socket.h>
    private const int SOL_SOCKET = 1;
    private const int SO_PEERCRED = 17;

    // struct ucred { pid_t pid; uid_t uid; gid_t gid; }
    private const int UcredLength = 12;

    private readonly Socket _socket;

    private InterfaceClaim(Socket socket) => _socket = socket;

    /// <summary>Claims an interface.</summary>
    /// <exception cref="IOException">Another process has; the message names it.</exception>
    internal static InterfaceClaim Take(string interfaceName)
    {
        UnixDomainSocketEndPoint name = new($"\0natengine/{interfaceName}");
        Socket socket = NewSocket();
        try
        {
            socket.Bind(name);
            socket.Listen(1);
            return new InterfaceClaim(socket);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new IOException(
                error.SocketErrorCode == SocketError.AddressAlreadyInUse
                    ? $"another natengine{HolderOf(name)} runs on {interfaceName}"
                    : $"{interfaceName} could not be claimed: {error.Message}",
                error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static string HolderOf(UnixDomainSocketEndPoint name)
    {
        using Socket probe = NewSocket();
        try
        {
            probe.Connect(name);
            Span<byte> credentials = stackalloc byte[UcredLength];
            probe.GetRawSocketOption(SOL_SOCKET, SO_PEERCRED, credentials);
            return string.Create(
                CultureInfo.InvariantCulture, $" (process {BinaryPrimitives.ReadInt32LittleEndian(credentials)})");
        }
        catch (SocketException)
        {
            return string.Empty; // it has just gone: who it was no longer matters
        }
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
