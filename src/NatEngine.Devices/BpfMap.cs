using System;
using System.Text;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>An array in the kernel that extended BPF programs and other processes look at.</summary>
internal sealed unsafe class BpfMap : IDisposable
{
    private const string Capability = "CAP_BPF";

    private readonly FileDescriptorHandle _handle;
    private readonly string _owner;

    private BpfMap(FileDescriptorHandle handle, string owner)
    {
        _handle = handle;
        _owner = owner;
    }

    /// <summary>The number of its descriptor.</summary>
    internal uint Number => BpfCall.NumberOf(_handle);

    /// <summary>Makes a map.</summary>
    /// <param name="type">BPF_MAP_TYPE_ARRAY or BPF_MAP_TYPE_PERCPU_ARRAY.</param>
    /// <param name="name">Its name, at most 15 letters, digits and <c>_</c>.</param>
    /// <param name="valueLength">The length of a value, in octets.</param>
    /// <param name="entries">How many values.</param>
    /// <exception cref="DeviceException">The kernel refused it.</exception>
    internal static BpfMap Create(int type, string name, int valueLength, int entries)
    {
        BpfAttributes.bpf_attr_map_create map = new()
        {
            map_type = (uint)type,
            key_size = sizeof(uint),
            value_size = (uint)valueLength,
            max_entries = (uint)entries,
        };
        Encoding.ASCII.GetBytes(name, new Span<byte>(map.map_name, Libc.BPF_OBJ_NAME_LEN - 1));
        return new BpfMap(BpfCall.Open(Libc.BPF_MAP_CREATE, ref map, "BPF_MAP_CREATE", name, Capability), name);
    }

    /// <summary>Opens a map that is in the kernel.</summary>
    /// <exception cref="DeviceException">It is not there any more, or the kernel refused it.</exception>
    internal static BpfMap Open(uint id, string owner)
    {
        BpfAttributes.bpf_attr_get_id request = new() { id = id };
        return new BpfMap(
            BpfCall.Open(
                Libc.BPF_MAP_GET_FD_BY_ID, ref request, "BPF_MAP_GET_FD_BY_ID", owner, "CAP_SYS_ADMIN"),
            owner);
    }

    /// <summary>What the kernel knows of it.</summary>
    /// <exception cref="DeviceException">The kernel refused it.</exception>
    internal BpfAttributes.bpf_map_info Describe()
    {
        BpfAttributes.bpf_map_info description = default;
        BpfCall.Describe(_handle, ref description, _owner);
        return description;
    }

    /// <summary>Writes a value.</summary>
    /// <param name="key">Which.</param>
    /// <param name="value">As long as the map's values are.</param>
    /// <exception cref="DeviceException">The kernel refused it.</exception>
    internal void Write(uint key, ReadOnlySpan<byte> value)
    {
        fixed (byte* first = value)
        {
            Transfer(Libc.BPF_MAP_UPDATE_ELEM, "BPF_MAP_UPDATE_ELEM", key, first);
        }
    }

    /// <summary>Reads a value.</summary>
    /// <param name="key">Which.</param>
    /// <param name="value">As long as the map's values are; of a map with values for each processor, room for all that
    /// the kernel could have.</param>
    /// <exception cref="DeviceException">The kernel refused it.</exception>
    internal void Read(uint key, Span<byte> value)
    {
        fixed (byte* first = value)
        {
            Transfer(Libc.BPF_MAP_LOOKUP_ELEM, "BPF_MAP_LOOKUP_ELEM", key, first);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private void Transfer(int command, string name, uint key, byte* value)
    {
        BpfAttributes.bpf_attr_map_elem element = new() { map_fd = Number, key = (ulong)&key, value = (ulong)value };
        BpfCall.Make(command, ref element, name, _owner, Capability);
    }
}
