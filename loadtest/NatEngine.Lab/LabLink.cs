namespace NatEngine.Lab;

/// <summary>A virtual cable between two hosts: a pair of veth interfaces, one at each.</summary>
public sealed class LabLink
{
    /// <summary>The MTU of Ethernet, in octets.</summary>
    public const int DefaultMtu = 1500;

    internal LabLink(LabHost first, string firstInterface, LabHost second, string secondInterface, int mtu)
    {
        First = first;
        FirstInterface = firstInterface;
        Second = second;
        SecondInterface = secondInterface;
        Mtu = mtu;
    }

    /// <summary>The host at one end.</summary>
    public LabHost First { get; }

    /// <summary>The interface there.</summary>
    public string FirstInterface { get; }

    /// <summary>The host at the other end.</summary>
    public LabHost Second { get; }

    /// <summary>The interface there.</summary>
    public string SecondInterface { get; }

    /// <summary>Largest packet when the link was made, in octets of IP.</summary>
    public int Mtu { get; }

    /// <summary>Turns offloads on or off at both ends; see <see cref="LabHost.SetOffloads"/>.</summary>
    public void SetOffloads(bool on)
    {
        First.SetOffloads(FirstInterface, on);
        Second.SetOffloads(SecondInterface, on);
    }

    /// <summary>Removes both ends, from wherever the first is now: the first must not have been moved.</summary>
    public void Remove() => First.Configure($"link del {FirstInterface}");

    internal void Create(bool offloads)
    {
        // Made in place: at no time is either end among the machine's own interfaces.
        IpCommand.Run(
            null,
            $"link add {FirstInterface} mtu {Mtu} netns {First.Namespace} type veth " +
            $"peer name {SecondInterface} mtu {Mtu} netns {Second.Namespace}");
        First.Configure($"link set {FirstInterface} up");
        Second.Configure($"link set {SecondInterface} up");
        if (!offloads)
        {
            SetOffloads(false);
        }
    }
}
