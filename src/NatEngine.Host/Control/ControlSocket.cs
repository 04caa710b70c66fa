using System.IO;
using System.Net.Sockets;
using System.Text;

namespace NatEngine.Host.Control;

/// <summary>The file that the control socket is.</summary>
internal static class ControlSocket
{
    // sun_path is 108 octets with the zero at its end (unix(7)).
    private const int LongestPath = 107;

    /// <summary>Whether a path fits a socket address.</summary>
    internal static bool IsPath(string path) => Encoding.UTF8.GetByteCount(path) is >= 1 and <= LongestPath;

    /// <summary>The address of a path.</summary>
    /// <exception cref="IOException">The path does not fit a socket address (unix(7): 108 octets).</exception>
    internal static UnixDomainSocketEndPoint EndPointOf(string path)
        => IsPath(path)
            ? new UnixDomainSocketEndPoint(path)
            : throw new IOException($"the path of a socket is 1 to {LongestPath} octets long (unix(7))");

    /// <summary>Removes the file of a process that is gone.</summary>
    /// <exception cref="IOException">A process answers there, or the file is no socket.</exception>
    internal static void RemoveStale(string path, UnixDomainSocketEndPoint endPoint)
    {
        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(endPoint);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused)
        {
            // ECONNREFUSED: the file is there and nobody listens.
            RefuseUnlessSocket(path);
            File.Delete(path);
            return;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            // ENOENT: nothing there.
            return;
        }

        throw new IOException("another natengine answers there; give this one its own with --control");
    }

    // open(2): a socket cannot be opened (ENXIO); what can be is a file of somebody's, and not ours to remove.
    // Opening for reading and writing does not block on a FIFO either (fifo(7)).
    private static void RefuseUnlessSocket(string path)
    {
        try
        {
            File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite).Dispose();
        }
        catch (IOException)
        {
            return;
        }

        throw new IOException("a file is there that is not a socket");
    }
}
