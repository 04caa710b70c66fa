using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using NatEngine.Devices.Interop;
using NatEngine.Devices.Tests.Wire;

namespace NatEngine.Devices.Tests.Interop;

/// <summary>Every constant and every struct of <see cref="Libc"/>, found by reflection, against a C program that is
/// compiled with this machine's headers.</summary>
public sealed class AbiTests
{
    private const BindingFlags Members =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly string[] Headers =
    [
        "errno.h", "poll.h", "sched.h", "signal.h", "stddef.h", "stdio.h", "unistd.h", "sys/epoll.h", "sys/eventfd.h",
        "sys/ioctl.h", "sys/mman.h", "sys/resource.h", "sys/socket.h", "net/if.h", "net/if_arp.h", "linux/bpf.h",
        "linux/ethtool.h", "linux/filter.h", "linux/if_ether.h", "linux/if_link.h", "linux/if_packet.h",
        "linux/if_xdp.h", "linux/netlink.h", "linux/rtnetlink.h", "linux/sockios.h", "linux/virtio_net.h",
    ];

    // Members that C reaches by another path: into a union or a nested struct.
    private static readonly Dictionary<string, string> Paths = new()
    {
        ["ifreq.ifr_hwaddr_family"] = "ifr_hwaddr.sa_family",
    };

    [CompilerFact]
    public void Every_constant_has_the_value_that_C_gives_it()
    {
        FieldInfo[] constants = [.. typeof(Libc).GetFields(Members).Where(field => field.IsLiteral)];

        string[] differences = Differences(constants.Select(field => (
            $"(long long){field.Name}", Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture))));

        Assert.True(constants.Length > 100);
        Assert.Empty(differences);
    }

    [CompilerFact]
    public void Every_struct_has_the_size_and_the_offsets_that_C_gives_it()
    {
        Type[] structs = [.. typeof(Libc).GetNestedTypes(Members).Where(type => type.IsValueType)];
        List<(string Expression, long Value)> checks = [];
        foreach (Type type in structs)
        {
            checks.Add(($"sizeof(struct {type.Name})", Marshal.SizeOf(type)));
            foreach (FieldInfo field in type.GetFields(Members).Where(field => !field.IsStatic))
            {
                string path = Paths.GetValueOrDefault($"{type.Name}.{field.Name}", field.Name);
                checks.Add(($"offsetof(struct {type.Name}, {path})", Marshal.OffsetOf(type, field.Name).ToInt64()));
            }
        }

        Assert.True(structs.Length > 20);
        Assert.Empty(Differences(checks));
    }

    [CompilerFact]
    public void The_virtio_header_is_laid_out_as_in_C()
    {
        (string Member, string Field)[] members =
        [
            ("flags", nameof(VirtioNetHeader.Flags)), ("gso_type", nameof(VirtioNetHeader.GsoType)),
            ("hdr_len", nameof(VirtioNetHeader.HeaderLength)), ("gso_size", nameof(VirtioNetHeader.GsoSize)),
            ("csum_start", nameof(VirtioNetHeader.ChecksumStart)),
            ("csum_offset", nameof(VirtioNetHeader.ChecksumOffset)),
        ];
        IEnumerable<(string Expression, long Value)> offsets = members.Select(member => (
            $"offsetof(struct virtio_net_hdr, {member.Member})",
            Marshal.OffsetOf<VirtioNetHeader>(member.Field).ToInt64()));

        Assert.Empty(Differences(
        [
            .. offsets,
            ("sizeof(struct virtio_net_hdr)", VirtioNetHeader.Length),
            ("sizeof(struct virtio_net_hdr)", Marshal.SizeOf<VirtioNetHeader>()),
            ("VIRTIO_NET_HDR_F_NEEDS_CSUM", VirtioNetHeader.NeedsChecksum),
            ("VIRTIO_NET_HDR_GSO_NONE", VirtioNetHeader.GsoNone),
        ]));
    }

    [CompilerFact] // the commands of bpf(2) share a union, and these are the first members of what is longer in C
    public void What_bpf_takes_and_gives_is_laid_out_as_in_C()
    {
        (Type Type, string Container, Dictionary<string, string> Paths)[] types =
        [
            (typeof(BpfAttributes.bpf_attr_map_create), "union bpf_attr", []),
            (typeof(BpfAttributes.bpf_attr_map_elem), "union bpf_attr", new() { ["reserved"] = "map_fd) + 4 + (0" }),
            (typeof(BpfAttributes.bpf_attr_prog_load), "union bpf_attr", []),
            (typeof(BpfAttributes.bpf_attr_prog_attach), "union bpf_attr", new()
            {
                ["target_ifindex"] = "target_fd", // a name of Linux 6.6, as the two below
                ["relative_fd"] = "replace_bpf_fd) + 4 + (0",
                ["expected_revision"] = "replace_bpf_fd) + 8 + (0",
            }),
            (typeof(BpfAttributes.bpf_attr_test_run), "union bpf_attr", Members("test.", "prog_fd", "retval",
                "data_size_in", "data_size_out", "data_in", "data_out", "repeat", "duration", "ctx_size_in",
                "ctx_size_out", "ctx_in", "ctx_out")),
            (typeof(BpfAttributes.bpf_attr_get_id), "union bpf_attr", new() { ["id"] = "prog_id" }),
            (typeof(BpfAttributes.bpf_attr_info), "union bpf_attr", Members("info.", "bpf_fd", "info_len", "info")),
            (typeof(BpfAttributes.bpf_attr_prog_bind_map), "union bpf_attr",
                Members("prog_bind_map.", "prog_fd", "map_fd", "flags")),
            (typeof(BpfAttributes.bpf_attr_link_create), "union bpf_attr",
                Members("link_create.", "prog_fd", "target_ifindex", "attach_type", "flags")),
            (typeof(BpfAttributes.bpf_prog_info), "struct bpf_prog_info", []),
            (typeof(BpfAttributes.bpf_map_info), "struct bpf_map_info", []),
        ];
        IEnumerable<(string Expression, long Value)> checks =
            from one in types
            from field in one.Type.GetFields(AbiTests.Members).Where(field => !field.IsStatic)
            select (
                $"offsetof({one.Container}, {one.Paths.GetValueOrDefault(field.Name, field.Name)})",
                Marshal.OffsetOf(one.Type, field.Name).ToInt64());

        Assert.Empty(Differences(checks));

        static Dictionary<string, string> Members(string path, params string[] names)
            => names.ToDictionary(name => name, name => path + name);
    }

    [CompilerFact]
    public void What_is_computed_from_C_is_computed_as_in_C() => Assert.Empty(Differences(
    [
        // net/packet/af_packet.c, tpacket_rcv(): netoff and macoff for SOCK_RAW on Ethernet.
        ($"TPACKET_ALIGN(TPACKET2_HDRLEN + 16) + {RingGeometry.Reserve} + sizeof(struct virtio_net_hdr) - ETH_HLEN",
            RingGeometry.FrameOffset),
        ("1 << (RTNLGRP_LINK - 1)", Libc.RTMGRP_LINK),
        ("1 << (RTNLGRP_IPV4_IFADDR - 1)", Libc.RTMGRP_IPV4_IFADDR),
        ("1 << (RTNLGRP_IPV4_ROUTE - 1)", Libc.RTMGRP_IPV4_ROUTE),
        ("RT_SCOPE_UNIVERSE", (long)AddressScope.Global),
        ("RT_SCOPE_SITE", (long)AddressScope.Site),
        ("RT_SCOPE_LINK", (long)AddressScope.Link),
        ("RT_SCOPE_HOST", (long)AddressScope.Host),
    ]));

    // Those of the expressions whose value is another in C, with both values.
    private static string[] Differences(IEnumerable<(string Expression, long Value)> checks)
    {
        (string Expression, long Value)[] all = [.. checks];
        StringBuilder program = new("#define _GNU_SOURCE\n");
        program.AppendJoin("", Headers.Select(header => $"#include <{header}>\n"));
        program.Append("int main(void)\n{\n");
        program.AppendJoin("", all.Select(check => $"    printf(\"%lld\\n\", (long long)({check.Expression}));\n"));
        program.Append("}\n");

        string[] values = Run(program.ToString()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(all.Length, values.Length);
        return
        [
            .. all.Zip(values, (check, value) => (check, C: long.Parse(value, CultureInfo.InvariantCulture)))
                .Where(pair => pair.check.Value != pair.C)
                .Select(pair => $"{pair.check.Expression} is {pair.C} in C, {pair.check.Value} here"),
        ];
    }

    private static string Run(string program)
    {
        string folder = Directory.CreateTempSubdirectory("natengine-abi-").FullName;
        try
        {
            string source = Path.Combine(folder, "abi.c");
            string binary = Path.Combine(folder, "abi");
            File.WriteAllText(source, program);
            Shell.Run("cc", "-o", binary, source);
            return Shell.Run(binary);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
