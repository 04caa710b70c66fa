using System;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading;
using Microsoft.Win32.SafeHandles;
using NatEngine.Devices.Interop;

namespace NatEngine.Lab;

/// <summary>Runs code inside named network namespaces.</summary>
internal static class NetworkNamespace
{
    /// <summary>Where <c>ip netns</c> keeps the names.</summary>
    public const string Directory = "/run/netns";

    /// <summary>Runs a function on a new thread that has entered a namespace, and waits for it.</summary>
    /// <remarks>
    /// setns(2) changes the calling thread only. That thread is made for this one call and ends with it: a pool thread
    /// that went elsewhere would make other work's sockets in the wrong namespace.
    /// </remarks>
    /// <exception cref="LabException">There is no such namespace.</exception>
    public static T Enter<T>(string name, Func<T> function)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                MoveThisThread(name);
                result = function();
            }
            catch (Exception thrown)
            {
                failure = ExceptionDispatchInfo.Capture(thrown);
            }
        })
        {
            IsBackground = true,
            Name = name,
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    private static void MoveThisThread(string name)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(
                Path.Combine(Directory, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (Libc.setns(handle, Libc.CLONE_NEWNET) != 0)
            {
                string reason = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
                throw new LabException($"Cannot enter network namespace {name}: {reason}");
            }
        }
        catch (IOException missing)
        {
            throw new LabException($"Cannot enter network namespace {name}: {missing.Message}", missing);
        }
    }
}
