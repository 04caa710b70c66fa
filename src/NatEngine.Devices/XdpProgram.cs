using System;
using System.Runtime.InteropServices;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>An extended BPF program at an interface, where the driver asks it what to do with each frame it receives,
/// before the kernel makes anything of it (XDP).</summary>
/// <remarks>Attached until disposed of, or until this process ends: the kernel takes it away with the last descriptor.
/// </remarks>
public sealed unsafe class XdpProgram : IDisposable
{
    private readonly FileDescriptorHandle _link;

    private XdpProgram(FileDescriptorHandle link) => _link = link;

    /// <summary>Attaches a program to an interface, in the network namespace of the calling thread.</summary>
    /// <param name="interfaceName">The interface. Its driver must support XDP, as veth's does.</param>
    /// <param name="instructions">The instructions, each eight octets (<c>struct bpf_insn</c>) read as a number of the
    /// host's order. The kernel's verifier must find them harmless.</param>
    /// <exception cref="DeviceException">There is no such interface, its driver does not support XDP, the kernel
    /// refuses the program, or the capabilities CAP_BPF and CAP_NET_ADMIN are missing.</exception>
    public static XdpProgram Attach(string interfaceName, ReadOnlySpan<ulong> instructions)
    {
        int index = (int)Libc.if_nametoindex(interfaceName);
        if (index == 0)
        {
            throw DeviceException.FromLastError("if_nametoindex", interfaceName);
        }

        using FileDescriptorHandle program = Load(interfaceName, instructions);
        LinkCreate link = new()
        {
            ProgramDescriptor = (uint)program.DangerousGetHandle(),
            TargetInterface = (uint)index,
            AttachType = Libc.BPF_XDP,
            Flags = Libc.XDP_FLAGS_DRV_MODE,
        };
        return new XdpProgram(Call(Libc.BPF_LINK_CREATE, &link, sizeof(LinkCreate), "BPF_LINK_CREATE", interfaceName));
    }

    /// <inheritdoc/>
    public void Dispose() => _link.Dispose();

    private static FileDescriptorHandle Load(string interfaceName, ReadOnlySpan<ulong> instructions)
    {
        fixed (ulong* first = instructions)
        fixed (byte* license = "GPL\0"u8)
        {
            ProgramLoad load = new()
            {
                Type = Libc.BPF_PROG_TYPE_XDP,
                InstructionCount = (uint)instructions.Length,
                Instructions = (ulong)first,
                License = (ulong)license,
            };
            return Call(Libc.BPF_PROG_LOAD, &load, sizeof(ProgramLoad), "BPF_PROG_LOAD", interfaceName);
        }
    }

    private static FileDescriptorHandle Call(int command, void* attributes, int size, string name, string interfaceName)
    {
        nint descriptor = Libc.syscall(Libc.SYS_bpf, command, attributes, size);
        if (descriptor < 0)
        {
            throw DeviceException.FromLastError($"bpf({name})", interfaceName, "CAP_BPF and CAP_NET_ADMIN");
        }

        FileDescriptorHandle handle = new();
        Marshal.InitHandle(handle, descriptor);
        return handle;
    }

    // The members of union bpf_attr that the two commands use; the kernel takes what is left off as zero.
    [StructLayout(LayoutKind.Sequential)]
    private struct ProgramLoad
    {
        public uint Type;
        public uint InstructionCount;
        public ulong Instructions;
        public ulong License;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct LinkCreate
    {
        public uint ProgramDescriptor;
        public uint TargetInterface;
        public uint AttachType;
        public uint Flags;
    }
}
