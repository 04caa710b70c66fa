using System;
using System.Runtime.InteropServices;
using System.Text;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>An extended BPF program that decides, for each packet that an interface receives, whether the kernel goes
/// on with it: behind the taps that packet sockets are, in front of everything else (tcx, Linux 6.6).</summary>
/// <remarks>
/// <para>Attached, it stays until it is detached or the interface goes, whatever becomes of this process. With it the
/// kernel keeps its counters and a text, for whoever looks at it later.</para>
/// <para>Interfaces are those of the network namespace that the calling thread is in.</para>
/// </remarks>
public sealed unsafe class IngressProgram : IDisposable
{
    /// <summary>What the program answers to have a packet go on its way, past other programs (TCX_NEXT).</summary>
    public const int Pass = -1;

    /// <summary>What the program answers to have a packet dropped (TCX_DROP).</summary>
    public const int Drop = 2;

    /// <summary>The length of one counter, in octets: packets, then octets, each 64 bits of the host's order.</summary>
    public const int CounterLength = 2 * sizeof(ulong);

    // The kernel gives a value for each processor it could ever have, at most this many on any architecture of ours
    // (CONFIG_NR_CPUS).
    private const int MostProcessors = 8192;

    private readonly FileDescriptorHandle _handle;
    private readonly BpfMap _counters;
    private readonly BpfMap _text;
    private readonly int _textLength;

    internal IngressProgram(FileDescriptorHandle handle, BpfMap counters, BpfMap text)
    {
        _handle = handle;
        _counters = counters;
        _text = text;
        _textLength = (int)text.Describe().value_size;
        Counters = (int)counters.Describe().max_entries;
        BpfAttributes.bpf_prog_info description = default;
        BpfCall.Describe(handle, ref description, "program");
        Id = description.id;
    }

    /// <summary>The kernel's number of the program.</summary>
    public uint Id { get; }

    /// <summary>How many counters it has.</summary>
    public int Counters { get; }

    /// <summary>Gives a program to the kernel; it decides nothing yet.</summary>
    /// <param name="name">Its name, at most 15 letters, digits and <c>_</c>, by which it is found again.</param>
    /// <param name="instructions">The instructions, by <see cref="ExtendedBpfBuilder"/>.</param>
    /// <param name="counters">How many counters it has, at least one.</param>
    /// <param name="text">What is to be read about it later; not empty.</param>
    /// <exception cref="DeviceException">The kernel refuses the program, or the capabilities CAP_BPF and CAP_NET_ADMIN
    /// are missing.</exception>
    public static IngressProgram Load(string name, ReadOnlySpan<ulong> instructions, int counters, string text)
    {
        byte[] octets = Encoding.UTF8.GetBytes(text);
        BpfMap? counts = null;
        BpfMap? words = null;
        FileDescriptorHandle? handle = null;
        try
        {
            counts = BpfMap.Create(Libc.BPF_MAP_TYPE_PERCPU_ARRAY, "natengine_count", CounterLength, counters);
            words = BpfMap.Create(Libc.BPF_MAP_TYPE_ARRAY, "natengine_rules", octets.Length, 1);
            words.Write(0, octets);
            handle = Load(name, instructions, counts);
            Bind(name, handle, words);
            return new IngressProgram(handle, counts, words);
        }
        catch
        {
            handle?.Dispose();
            words?.Dispose();
            counts?.Dispose();
            throw;
        }
    }

    /// <summary>Attaches the program, before all others that are there.</summary>
    /// <param name="interfaceName">The interface.</param>
    /// <param name="replaced">A program that is attached to it and is to give way, in the same instant.</param>
    /// <exception cref="DeviceException">There is no such interface, the kernel is older than 6.6, or it refuses; what
    /// was attached still is.</exception>
    public void Attach(string interfaceName, IngressProgram? replaced = null)
    {
        BpfAttributes.bpf_attr_prog_attach attach = new()
        {
            target_ifindex = InterfaceIndex.Of(interfaceName),
            attach_bpf_fd = BpfCall.NumberOf(_handle),
            attach_type = BpfAttributes.BPF_TCX_INGRESS,
            attach_flags = replaced is null ? (uint)BpfAttributes.BPF_F_BEFORE : Libc.BPF_F_REPLACE,
            replace_bpf_fd = replaced is null ? 0 : BpfCall.NumberOf(replaced._handle),
        };
        BpfCall.Make(Libc.BPF_PROG_ATTACH, ref attach, "BPF_PROG_ATTACH", interfaceName, BpfCall.ProgramCapabilities);
    }

    /// <summary>Detaches the program.</summary>
    /// <exception cref="DeviceException">There is no such interface, or the program is not attached to it.</exception>
    public void Detach(string interfaceName)
    {
        BpfAttributes.bpf_attr_prog_attach attach = new()
        {
            target_ifindex = InterfaceIndex.Of(interfaceName),
            attach_bpf_fd = BpfCall.NumberOf(_handle),
            attach_type = BpfAttributes.BPF_TCX_INGRESS,
        };
        BpfCall.Make(Libc.BPF_PROG_DETACH, ref attach, "BPF_PROG_DETACH", interfaceName, BpfCall.ProgramCapabilities);
    }

    /// <summary>What one of the counters has, of all processors together.</summary>
    /// <exception cref="DeviceException">The kernel gave an error.</exception>
    public PacketCount ReadCounter(int index)
    {
        byte[] values = new byte[MostProcessors * CounterLength];
        _counters.Read((uint)index, values);
        long packets = 0;
        long octets = 0;
        foreach (PacketCount one in MemoryMarshal.Cast<byte, PacketCount>(values))
        {
            packets += one.Packets;
            octets += one.Octets;
        }

        return new PacketCount(packets, octets);
    }

    /// <summary>The text that was given with the program.</summary>
    /// <exception cref="DeviceException">The kernel gave an error.</exception>
    public string ReadText()
    {
        byte[] octets = new byte[_textLength];
        _text.Read(0, octets);
        return Encoding.UTF8.GetString(octets);
    }

    /// <summary>Asks the program about one frame that no interface received. It is counted as if one had.</summary>
    /// <param name="frame">The frame from its Ethernet header on, 14 octets or more. It is for this host if its
    /// destination is 00:00:00:00:00:00, the loopback interface's.</param>
    /// <returns><see cref="Pass"/>, <see cref="Drop"/>, or what else the program says; 0 if it read beyond the
    /// frame's end.</returns>
    /// <exception cref="DeviceException">The kernel gave an error.</exception>
    public int Ask(ReadOnlySpan<byte> frame)
    {
        fixed (byte* first = frame)
        {
            BpfAttributes.bpf_attr_test_run run = new()
            {
                prog_fd = BpfCall.NumberOf(_handle),
                data_size_in = (uint)frame.Length,
                data_in = (ulong)first,
                repeat = 1,
            };
            BpfCall.Make(
                Libc.BPF_PROG_TEST_RUN, ref run, "BPF_PROG_TEST_RUN", "program", BpfCall.ProgramCapabilities);
            return (int)run.retval;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _handle.Dispose();
        _text.Dispose();
        _counters.Dispose();
    }

    private static FileDescriptorHandle Load(string name, ReadOnlySpan<ulong> instructions, BpfMap counters)
    {
        uint map = counters.Number;
        BpfAttributes.bpf_attr_prog_load load = new()
        {
            prog_type = Libc.BPF_PROG_TYPE_SCHED_CLS,
            fd_array = (ulong)&map,
        };
        Encoding.ASCII.GetBytes(name, new Span<byte>(load.prog_name, Libc.BPF_OBJ_NAME_LEN - 1));
        return BpfCall.Load(load, instructions, name);
    }

    // The program does not use the text; bound, it lives as long.
    private static void Bind(string name, FileDescriptorHandle program, BpfMap text)
    {
        BpfAttributes.bpf_attr_prog_bind_map bind = new() { prog_fd = BpfCall.NumberOf(program), map_fd = text.Number };
        BpfCall.Make(Libc.BPF_PROG_BIND_MAP, ref bind, "BPF_PROG_BIND_MAP", name, BpfCall.ProgramCapabilities);
    }
}
