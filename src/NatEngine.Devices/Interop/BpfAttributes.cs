using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

/// <summary>What the commands of bpf(2) take and give (linux/bpf.h): those members of <c>union bpf_attr</c> that each
/// uses, and the structures that describe programs and maps, as far as the name. The kernel takes what is left off as
/// zero, and gives as much as there is room for.</summary>
internal static unsafe class BpfAttributes
{
    // Of headers of Linux 6.6 and later; the same number for ever.
    internal const int BPF_TCX_INGRESS = 46;
    internal const int BPF_F_BEFORE = 1 << 3;

    [StructLayout(LayoutKind.Sequential)]
    internal struct bpf_attr_map_create
    {
        public uint map_type;
        public uint key_size;
        public uint value_size;
        public uint max_entries;
        public uint map_flags;
        public uint inner_map_fd;
        public uint numa_node;
        public fixed byte map_name[Libc.BPF_OBJ_NAME_LEN];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct bpf_attr_map_elem
    {
        public uint map_fd;
        public uint reserved;
        public ulong key;
        public ulong value;
        public ulong flags;
    }

    [StructLayout(LayoutKind.Explicit, Size = 128)]
    internal struct bpf_attr_prog_load
    {
        [FieldOffset(0)]
        public uint prog_type;

        [FieldOffset(4)]
        public uint insn_cnt;

        [FieldOffset(8)]
        public ulong insns;

        [FieldOffset(16)]
        public ulong license;

        [FieldOffset(48)]
        public fixed byte prog_name[Libc.BPF_OBJ_NAME_LEN];

        [FieldOffset(120)]
        public ulong fd_array;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct bpf_attr_prog_attach
    {
        public uint target_ifindex;
        public uint attach_bpf_fd;
        public uint attach_type;
        public uint attach_flags;
        public uint replace_bpf_fd;
        public uint relative_fd;
        public ulong expected_revision;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct bpf_attr_prog_query
    {
        public uint target_ifindex;
        public uint attach_type;
        public uint query_flags;
        public uint attach_flags;
        public ulong prog_ids;
        public uint count;
        public uint reserved;
        public ulong prog_attach_flags;
        public ulong link_ids;
        public ulong link_attach_flags;
        public ulong revision;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct bpf_attr_test_run
    {
        public uint prog_fd;
        public uint retval;
        public uint data_size_in;
        public uint data_size_out;
        public ulong data_in;
        public ulong data_out;
        public uint repeat;
        public uint duration;
        public uint ctx_size_in;
        public uint ctx_size_out;
        public ulong ctx_in;
        public ulong ctx_out;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct bpf_attr_get_id
    {
        public uint id;
        public uint next_id;
        public uint open_flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct bpf_attr_info
    {
        public uint bpf_fd;
        public uint info_len;
        public ulong info;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct bpf_attr_prog_bind_map
    {
        public uint prog_fd;
        public uint map_fd;
        public uint flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct bpf_attr_link_create
    {
        public uint prog_fd;
        public uint target_ifindex;
        public uint attach_type;
        public uint flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct bpf_prog_info
    {
        public uint type;
        public uint id;
        public ulong tag;
        public uint jited_prog_len;
        public uint xlated_prog_len;
        public ulong jited_prog_insns;
        public ulong xlated_prog_insns;
        public ulong load_time;
        public uint created_by_uid;
        public uint nr_map_ids;
        public ulong map_ids;
        public fixed byte name[Libc.BPF_OBJ_NAME_LEN];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct bpf_map_info
    {
        public uint type;
        public uint id;
        public uint key_size;
        public uint value_size;
        public uint max_entries;
        public uint map_flags;
        public fixed byte name[Libc.BPF_OBJ_NAME_LEN];
    }
}
