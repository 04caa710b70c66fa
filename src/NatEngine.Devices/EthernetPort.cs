using System;
using System.Text;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>What <see cref="AfPacketDevice"/> must know of an interface before it can lay out a ring for it.</summary>
/// <param name="Index">The kernel's number of it.</param>
/// <param name="Mtu">The longest datagram it sends, in octets.</param>
/// <param name="DeliversSuperFrames">Whether it can hand over frames longer than that.</param>
internal readonly record struct EthernetPort(int Index, int Mtu, bool DeliversSuperFrames)
{
    // Drivers whose other side is software, which passes on super-frames as they are, whatever receive offload says.
    private static readonly string[] SoftwareDrivers =
        ["veth", "virtio_net", "tun", "bridge", "bonding", "team", "openvswitch", "macvlan", "ipvlan", "xen_netfront",
         "hv_netvsc", "vmxnet3", "802.1Q VLAN Support", "dummy"];

    /// <summary>Asks the kernel.</summary>
    /// <exception cref="DeviceException">There is no such interface, or it is no Ethernet.</exception>
    internal static EthernetPort Read(PacketSocket socket, string name)
    {
        int index = (int)InterfaceIndex.Of(name);
        Libc.ifreq request = RequestFor(name);
        Check(Ioctl(socket, Libc.SIOCGIFHWADDR, ref request), "ioctl(SIOCGIFHWADDR)", name);
        if (request.ifr_hwaddr_family != Libc.ARPHRD_ETHER)
        {
            throw new DeviceException(
                $"{name}: not an Ethernet interface (hardware type {request.ifr_hwaddr_family}, must be 1)");
        }

        Check(Ioctl(socket, Libc.SIOCGIFMTU, ref request), "ioctl(SIOCGIFMTU)", name);
        return new EthernetPort(index, request.ifr_mtu, CanDeliverSuperFrames(socket, name));
    }

    // A driver that answers none of these questions is taken for one that does none of it.
    private static unsafe bool CanDeliverSuperFrames(PacketSocket socket, string name)
    {
        Libc.ifreq request = RequestFor(name);
        Libc.ethtool_drvinfo driver = new() { cmd = Libc.ETHTOOL_GDRVINFO };
        request.ifr_data = &driver;
        if (Ioctl(socket, Libc.SIOCETHTOOL, ref request) == 0
            && Array.IndexOf(SoftwareDrivers, Text(new ReadOnlySpan<byte>(driver.driver, 32))) >= 0)
        {
            return true;
        }

        Libc.ethtool_value gro = new() { cmd = Libc.ETHTOOL_GGRO };
        request.ifr_data = &gro;
        if (Ioctl(socket, Libc.SIOCETHTOOL, ref request) == 0 && gro.data != 0)
        {
            return true;
        }

        Libc.ethtool_value flags = new() { cmd = Libc.ETHTOOL_GFLAGS };
        request.ifr_data = &flags;
        return Ioctl(socket, Libc.SIOCETHTOOL, ref request) == 0 && (flags.data & Libc.ETH_FLAG_LRO) != 0;
    }

    private static unsafe int Ioctl(PacketSocket socket, nuint number, ref Libc.ifreq request)
    {
        fixed (Libc.ifreq* argument = &request)
        {
            return Libc.ioctl(socket.Handle, number, argument);
        }
    }

    private static void Check(int result, string call, string name)
    {
        if (result != 0)
        {
            throw DeviceException.FromLastError(call, name);
        }
    }

    private static unsafe Libc.ifreq RequestFor(string name)
    {
        Libc.ifreq request = default;
        Span<byte> field = new(request.ifr_name, Libc.IFNAMSIZ - 1);
        Encoding.UTF8.GetBytes(name, field);
        return request;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }
}
