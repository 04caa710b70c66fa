using System;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>An extended BPF program at an interface, where the driver asks it what to do with each frame it receives,
/// before the kernel makes anything of it (XDP).</summary>
/// <remarks>Attached until disposed of, or until this process ends: the kernel takes it away with the last descriptor.
/// </remarks>
public sealed class XdpProgram : IDisposable
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
        uint index = InterfaceIndex.Of(interfaceName);
        using FileDescriptorHandle program = BpfCall.Load(
            new BpfAttributes.bpf_attr_prog_load { prog_type = Libc.BPF_PROG_TYPE_XDP }, instructions, interfaceName);
        BpfAttributes.bpf_attr_link_create link = new()
        {
            prog_fd = BpfCall.NumberOf(program),
            target_ifindex = index,
            attach_type = Libc.BPF_XDP,
            flags = Libc.XDP_FLAGS_DRV_MODE,
        };
        return new XdpProgram(BpfCall.Open(
            Libc.BPF_LINK_CREATE, ref link, "BPF_LINK_CREATE", interfaceName, BpfCall.ProgramCapabilities));
    }

    /// <inheritdoc/>
    public void Dispose() => _link.Dispose();
}
