using System;
using System.Runtime.InteropServices;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>A device could not be set up: which system call failed, on which interface, and what the kernel
/// said.</summary>
public sealed class DeviceException : Exception
{
    /// <summary>Makes an exception with no error number.</summary>
    public DeviceException(string message)
        : base(message)
    {
    }

    private DeviceException(string message, int errorNumber)
        : base(message) => ErrorNumber = errorNumber;

    /// <summary>The kernel's error number (errno), 0 if the failure was found by us.</summary>
    public int ErrorNumber { get; }

    /// <summary>Describes the failure of the system call that this thread made last.</summary>
    /// <param name="call">The call as C writes it: <c>setsockopt(PACKET_RX_RING)</c>.</param>
    /// <param name="owner">The interface, or what else the call was for.</param>
    /// <param name="capability">The capability that <c>EPERM</c> means is missing, if one decides.</param>
    /// <param name="advice">What to do about any other error, if there is something.</param>
    internal static DeviceException FromLastError(
        string call, string owner, string? capability = null, string? advice = null)
        => FromError(Marshal.GetLastPInvokeError(), call, owner, capability, advice);

    /// <summary>Describes a failure with a known error number.</summary>
    internal static DeviceException FromError(
        int error, string call, string owner, string? capability = null, string? advice = null)
    {
        string message = $"{owner}: {call} failed: {Marshal.GetPInvokeErrorMessage(error)} (errno {error})";
        if (error == Libc.EPERM && capability is not null)
        {
            message += $"; this needs {capability}: run as root or grant it with setcap or AmbientCapabilities=";
        }
        else if (advice is not null)
        {
            message += $"; {advice}";
        }

        return new DeviceException(message, error);
    }
}
