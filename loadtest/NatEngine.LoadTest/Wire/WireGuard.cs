using NatEngine.Devices;
using NatEngine.Lab;

namespace NatEngine.LoadTest.Wire;

/// <summary>Keeps the kernel's own stack from what the wire forwards: it would spend the processor's time on every
/// frame a second time. ARP is left to it.</summary>
/// <remarks>In the same place as natengine's guard: what differs between the two is the NAT. It goes with the
/// interfaces.</remarks>
internal static class WireGuard
{
    private const string Name = "natload_wire";
    private const string Text = "ether type ip counter drop";

    // In network order, as the kernel's description of a packet has it.
    private const uint IPv4EtherType = 0x0008;

    private const int Rule = 7; // a register

    private const string Rules = $$"""
        table netdev natload {
            chain first {
                type filter hook ingress device "{{NatTopology.InternalInterface}}" priority -500; policy accept;
                ether type ip drop
            }
            chain second {
                type filter hook ingress device "{{NatTopology.ExternalInterface}}" priority -500; policy accept;
                ether type ip drop
            }
        }
        """;

    /// <summary>Puts it in front of a host's two interfaces: a program, or rules of nft where the kernel has no place
    /// for one.</summary>
    /// <exception cref="LabException">nft is missing, or refused the rules.</exception>
    public static void Install(LabHost gateway)
    {
        if (!gateway.Enter(TryAttach))
        {
            gateway.ApplyNft(Rules);
        }
    }

    private static bool TryAttach()
    {
        try
        {
            IngressPrograms.CheckAvailable();
        }
        catch (DeviceException)
        {
            return false;
        }

        using IngressProgram program = IngressProgram.Load(Name, Write(), counters: 1, Text);
        program.Attach(NatTopology.InternalInterface);
        program.Attach(NatTopology.ExternalInterface);
        return true;
    }

    private static ulong[] Write()
    {
        ExtendedBpfBuilder program = new();
        BpfLabel pass = program.NewLabel();
        return program.Begin()
            .Load(PacketProperty.Protocol).JumpUnlessEqual(ExtendedBpfBuilder.Result, IPv4EtherType, pass)
            .Set(Rule, 0).CountPacket(Rule).Return(IngressProgram.Drop)
            .Place(pass).Return(IngressProgram.Pass)
            .Build();
    }
}
