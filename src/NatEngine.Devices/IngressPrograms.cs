using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>Finds the programs that are attached to interfaces, whoever attached them.</summary>
public static unsafe class IngressPrograms
{
    // The kernel attaches up to 64 to an interface (BPF_MPROG_MAX).
    private const int Most = 64;

    // More than a program of ours has.
    private const int MostMaps = 8;

    // The loopback interface of every network namespace.
    private const uint Loopback = 1;

    private const string OpeningCapability = "CAP_SYS_ADMIN";

    /// <summary>Checks that this kernel has the hook, and that this process may load a program and find it again.
    /// </summary>
    /// <exception cref="DeviceException">Not so; it says why.</exception>
    public static void CheckAvailable()
    {
        _ = Query(Loopback, "lo");
        ExtendedBpfBuilder builder = new();
        using IngressProgram program = IngressProgram.Load(
            "natengine_check", builder.Return(IngressProgram.Pass).Build(), counters: 1, "check");
        using FileDescriptorHandle again = Open(program.Id, "program");
    }

    /// <summary>Finds the programs of a name that are attached to an interface.</summary>
    /// <returns>The programs, which the caller disposes of; none, if the kernel has no such hook.</returns>
    /// <exception cref="DeviceException">There is no such interface, or there are programs and CAP_SYS_ADMIN to look
    /// at them is missing.</exception>
    public static IReadOnlyList<IngressProgram> Find(string interfaceName, string name)
    {
        List<IngressProgram> found = [];
        foreach (uint id in IdsAt(interfaceName))
        {
            try
            {
                if (OpenIfNamed(id, name, interfaceName) is IngressProgram program)
                {
                    found.Add(program);
                }
            }
            catch (DeviceException error) when (error.ErrorNumber == Libc.ENOENT)
            {
                continue; // detached between the question and this one
            }
        }

        return found;
    }

    private static uint[] IdsAt(string interfaceName)
    {
        uint index = InterfaceIndex.Of(interfaceName);
        try
        {
            return Query(index, interfaceName);
        }
        catch (DeviceException error) when (error.ErrorNumber == Libc.EINVAL)
        {
            return []; // a kernel before 6.6
        }
    }

    private static uint[] Query(uint index, string interfaceName)
    {
        uint* ids = stackalloc uint[Most];
        BpfAttributes.bpf_attr_prog_query query = new()
        {
            target_ifindex = index,
            attach_type = BpfAttributes.BPF_TCX_INGRESS,
            prog_ids = (ulong)ids,
            count = Most,
        };
        BpfCall.Make(Libc.BPF_PROG_QUERY, ref query, "BPF_PROG_QUERY", interfaceName, "CAP_NET_ADMIN");
        return new ReadOnlySpan<uint>(ids, (int)query.count).ToArray();
    }

    private static IngressProgram? OpenIfNamed(uint id, string name, string interfaceName)
    {
        FileDescriptorHandle handle = Open(id, interfaceName);
        uint* maps = stackalloc uint[MostMaps];
        BpfAttributes.bpf_prog_info description = new() { nr_map_ids = MostMaps, map_ids = (ulong)maps };
        List<BpfMap> opened = [];
        bool isKept = false;
        try
        {
            BpfCall.Describe(handle, ref description, interfaceName);
            if (TextOf(description.name) != name)
            {
                return null;
            }

            for (int i = 0; i < Math.Min(description.nr_map_ids, MostMaps); i++)
            {
                opened.Add(BpfMap.Open(maps[i], interfaceName));
            }

            BpfMap? counters = opened.Find(map => map.Describe().type == Libc.BPF_MAP_TYPE_PERCPU_ARRAY);
            BpfMap? text = opened.Find(map => map.Describe().type == Libc.BPF_MAP_TYPE_ARRAY);
            isKept = opened.Count == 2 && counters is not null && text is not null;
            return isKept ? new IngressProgram(handle, counters!, text!) : null;
        }
        finally
        {
            if (!isKept)
            {
                opened.ForEach(map => map.Dispose());
                handle.Dispose();
            }
        }
    }

    private static FileDescriptorHandle Open(uint id, string owner)
    {
        BpfAttributes.bpf_attr_get_id request = new() { id = id };
        return BpfCall.Open(
            Libc.BPF_PROG_GET_FD_BY_ID, ref request, "BPF_PROG_GET_FD_BY_ID", owner, OpeningCapability);
    }

    private static string TextOf(byte* name)
        => Encoding.ASCII.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
}
