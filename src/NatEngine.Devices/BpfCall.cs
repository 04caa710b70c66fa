using System;
using System.Runtime.InteropServices;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>The system call bpf(2).</summary>
internal static unsafe class BpfCall
{
    /// <summary>What it takes to load a program and to put it at an interface.</summary>
    internal const string ProgramCapabilities = "CAP_BPF and CAP_NET_ADMIN";

    /// <summary>Makes a call that answers with a descriptor.</summary>
    /// <param name="command">One of the <c>BPF_</c> commands.</param>
    /// <param name="attributes">The members of <c>union bpf_attr</c> that the command takes.</param>
    /// <param name="name">The command's name.</param>
    /// <param name="owner">The interface, or what else the call is for.</param>
    /// <param name="capability">The capabilities that the command takes.</param>
    /// <exception cref="DeviceException">The kernel refused it.</exception>
    internal static FileDescriptorHandle Open<T>(
        int command, ref T attributes, string name, string owner, string capability)
        where T : unmanaged
    {
        nint descriptor = Make(command, ref attributes, name, owner, capability);
        FileDescriptorHandle handle = new();
        Marshal.InitHandle(handle, descriptor);
        return handle;
    }

    /// <summary>Gives the kernel a program, which its verifier must find harmless.</summary>
    /// <param name="load">What kind of program it is, and whatever else the caller says of it but the instructions.
    /// </param>
    /// <param name="instructions">The instructions, each eight octets (<c>struct bpf_insn</c>) read as a number of the
    /// host's order.</param>
    /// <param name="owner">The interface, or what else the program is for.</param>
    /// <exception cref="DeviceException">The kernel refused it.</exception>
    internal static FileDescriptorHandle Load(
        BpfAttributes.bpf_attr_prog_load load, ReadOnlySpan<ulong> instructions, string owner)
    {
        fixed (ulong* first = instructions)
        fixed (byte* license = "GPL\0"u8)
        {
            load.insn_cnt = (uint)instructions.Length;
            load.insns = (ulong)first;
            load.license = (ulong)license;
            return Open(Libc.BPF_PROG_LOAD, ref load, "BPF_PROG_LOAD", owner, ProgramCapabilities);
        }
    }

    /// <summary>Makes a call.</summary>
    /// <exception cref="DeviceException">The kernel refused it.</exception>
    internal static nint Make<T>(int command, ref T attributes, string name, string owner, string capability)
        where T : unmanaged
    {
        fixed (T* first = &attributes)
        {
            nint answer = Libc.syscall(Libc.SYS_bpf, command, first, sizeof(T));
            return answer >= 0
                ? answer
                : throw DeviceException.FromLastError($"bpf({name})", owner, capability);
        }
    }

    /// <summary>The number of a descriptor, as the kernel's structures take it.</summary>
    /// <remarks>Valid as long as the handle is not closed: its owner keeps it.</remarks>
    internal static uint NumberOf(FileDescriptorHandle handle) => (uint)handle.DangerousGetHandle();

    /// <summary>Asks what the kernel knows of the program or map behind a descriptor.</summary>
    /// <exception cref="DeviceException">The kernel refused it.</exception>
    internal static void Describe<T>(FileDescriptorHandle handle, ref T description, string owner)
        where T : unmanaged
    {
        fixed (T* first = &description)
        {
            BpfAttributes.bpf_attr_info request = new()
            {
                bpf_fd = NumberOf(handle),
                info_len = (uint)sizeof(T),
                info = (ulong)first,
            };
            Make(Libc.BPF_OBJ_GET_INFO_BY_FD, ref request, "BPF_OBJ_GET_INFO_BY_FD", owner, "CAP_BPF");
        }
    }
}
