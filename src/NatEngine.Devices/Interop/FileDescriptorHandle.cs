using Microsoft.Win32.SafeHandles;

namespace NatEngine.Devices.Interop;

/// <summary>Owns one file descriptor: a socket, an eventfd, a namespace.</summary>
internal sealed class FileDescriptorHandle : SafeHandleMinusOneIsInvalid
{
    /// <summary>A handle that the marshaller fills with what a call returned.</summary>
    public FileDescriptorHandle()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}
