using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>The number that the kernel knows an interface by, in the network namespace of the calling thread.</summary>
internal static class InterfaceIndex
{
    /// <summary>Asks the kernel for it.</summary>
    /// <exception cref="DeviceException">There is no such interface.</exception>
    internal static uint Of(string interfaceName)
    {
        uint index = Libc.if_nametoindex(interfaceName);
        return index != 0 ? index : throw DeviceException.FromLastError("if_nametoindex", interfaceName);
    }
}
