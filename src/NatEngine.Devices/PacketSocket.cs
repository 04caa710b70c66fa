using System;
using System.Buffers.Binary;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>One AF_PACKET socket: the calls that set it up, each failing with its name and the interface's.</summary>
internal sealed unsafe class PacketSocket : IDisposable
{
    // PACKET_FANOUT_FLAG_IGNORE_OUTGOING, which older headers do not have: what a group ignores is the group's to say,
    // not its sockets'. A kernel that does not know the flag takes no notice, and the filter refuses the frames.
    private const int IgnoreOutgoing = 0x4000;
    private const int GroupType = Libc.PACKET_FANOUT_CBPF | IgnoreOutgoing;

    private readonly string _interface;

    private PacketSocket(FileDescriptorHandle handle, string interfaceName)
    {
        Handle = handle;
        _interface = interfaceName;
    }

    internal FileDescriptorHandle Handle { get; }

    /// <summary>Makes a socket that receives nothing until it is bound: its protocol is 0.</summary>
    internal static PacketSocket Open(string interfaceName)
    {
        FileDescriptorHandle handle = Libc.socket(Libc.AF_PACKET, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, 0);
        return handle.IsInvalid
            ? throw DeviceException.FromLastError("socket(AF_PACKET)", interfaceName, "CAP_NET_RAW")
            : new PacketSocket(handle, interfaceName);
    }

    internal void Set(int option, int value, string name) => Check(
        Libc.setsockopt(Handle, Libc.SOL_PACKET, option, &value, sizeof(int)), $"setsockopt({name})");

    /// <summary>Filters what arrives from now on; in place of the filter before, if there was one.</summary>
    internal void Attach(BpfProgram filter)
        => Give(filter, Libc.SOL_SOCKET, Libc.SO_ATTACH_FILTER, "setsockopt(SO_ATTACH_FILTER)");

    /// <summary>Begins a group of sockets, of which each frame of the interface goes to one. The socket must be
    /// bound.</summary>
    /// <returns>The group's number, for <see cref="Join"/>.</returns>
    internal int BeginGroup()
    {
        Set(Libc.PACKET_FANOUT, (GroupType | Libc.PACKET_FANOUT_FLAG_UNIQUEID) << 16, "PACKET_FANOUT");
        int group = 0;
        uint length = sizeof(int);
        Check(
            Libc.getsockopt(Handle, Libc.SOL_PACKET, Libc.PACKET_FANOUT, &group, &length),
            "getsockopt(PACKET_FANOUT)");
        return group & ushort.MaxValue;
    }

    /// <summary>Joins a group, as its next member.</summary>
    internal void Join(int group) => Set(Libc.PACKET_FANOUT, (GroupType << 16) | group, "PACKET_FANOUT");

    /// <summary>Says which member of its group a frame goes to: the one that the program returns the number of, in the
    /// order in which they joined.</summary>
    internal void Steer(BpfProgram program)
        => Give(program, Libc.SOL_PACKET, Libc.PACKET_FANOUT_DATA, "setsockopt(PACKET_FANOUT_DATA)");

    /// <summary>Sizes the send buffer: beyond the kernel's bound if the capability is there, up to it if not.</summary>
    internal void SizeSendBuffer(int octets)
    {
        // The kernel keeps twice the value, for its own overhead.
        if (Libc.setsockopt(Handle, Libc.SOL_SOCKET, Libc.SO_SNDBUFFORCE, &octets, sizeof(int)) != 0)
        {
            Check(
                Libc.setsockopt(Handle, Libc.SOL_SOCKET, Libc.SO_SNDBUF, &octets, sizeof(int)),
                "setsockopt(SO_SNDBUF)");
        }
    }

    /// <summary>Makes the receive ring. The version must be set.</summary>
    internal IReceiveRing MakeRing(RingVersion version, RingGeometry geometry)
    {
        // The first four members of tpacket_req3 are tpacket_req; a longer request is taken as V3's.
        Libc.tpacket_req3 request = new()
        {
            tp_block_size = (uint)geometry.BlockLength,
            tp_block_nr = (uint)geometry.Blocks,
            tp_frame_size = (uint)geometry.SlotLength,
            tp_frame_nr = (uint)geometry.Slots,
            tp_retire_blk_tov = 1,
        };
        int length = version == RingVersion.V2 ? sizeof(Libc.tpacket_req) : sizeof(Libc.tpacket_req3);
        Check(
            Libc.setsockopt(Handle, Libc.SOL_PACKET, Libc.PACKET_RX_RING, &request, (uint)length),
            $"setsockopt(PACKET_RX_RING) of {geometry.Length >> 20} MiB");
        MemoryMapping memory = MemoryMapping.OfRing(Handle, geometry.Length, _interface);
        return version == RingVersion.V2 ? new TpacketV2Ring(memory, geometry) : new TpacketV3Ring(memory, geometry);
    }

    /// <summary>Begins to receive, everything that the filter lets through.</summary>
    /// <remarks>The protocol must be ETH_P_ALL: the taps of single protocols come after the ingress hook, where the
    /// guard drops what we handle; those of all protocols come before it.</remarks>
    internal void Bind(int interfaceIndex)
    {
        Libc.sockaddr_ll address = new()
        {
            sll_family = Libc.AF_PACKET,
            sll_protocol = BinaryPrimitives.ReverseEndianness(Libc.ETH_P_ALL),
            sll_ifindex = interfaceIndex,
        };
        Check(Libc.bind(Handle, &address, (uint)sizeof(Libc.sockaddr_ll)), "bind");
    }

    /// <summary>Reads how many frames were lost for want of a slot since the last time.</summary>
    internal long TakeDrops()
    {
        // V2 fills the first two members only.
        Libc.tpacket_stats_v3 statistics = default;
        uint length = (uint)sizeof(Libc.tpacket_stats_v3);
        Check(
            Libc.getsockopt(Handle, Libc.SOL_PACKET, Libc.PACKET_STATISTICS, &statistics, &length),
            "getsockopt(PACKET_STATISTICS)");
        return statistics.tp_drops;
    }

    public void Dispose() => Handle.Dispose();

    private void Give(BpfProgram program, int level, int option, string call)
    {
        fixed (Libc.sock_filter* instructions = program.Instructions)
        {
            Libc.sock_fprog given = new() { len = (ushort)program.Instructions.Length, filter = instructions };
            Check(Libc.setsockopt(Handle, level, option, &given, (uint)sizeof(Libc.sock_fprog)), call);
        }
    }

    private void Check(int result, string call)
    {
        if (result != 0)
        {
            throw DeviceException.FromLastError(call, _interface, "CAP_NET_RAW");
        }
    }
}
