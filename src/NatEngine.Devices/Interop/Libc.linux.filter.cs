using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

// <linux/filter.h> and <linux/bpf_common.h>: classic BPF.
internal static unsafe partial class Libc
{
    // Instruction classes.
    internal const ushort BPF_LD = 0x00;
    internal const ushort BPF_LDX = 0x01;
    internal const ushort BPF_ST = 0x02;
    internal const ushort BPF_ALU = 0x04;
    internal const ushort BPF_JMP = 0x05;
    internal const ushort BPF_RET = 0x06;
    internal const ushort BPF_MISC = 0x07;

    // Sizes of a load.
    internal const ushort BPF_W = 0x00;
    internal const ushort BPF_H = 0x08;
    internal const ushort BPF_B = 0x10;

    // Modes of a load.
    internal const ushort BPF_IMM = 0x00;
    internal const ushort BPF_ABS = 0x20;
    internal const ushort BPF_IND = 0x40;
    internal const ushort BPF_MEM = 0x60;
    internal const ushort BPF_MSH = 0xa0;

    // Operations on the accumulator.
    internal const ushort BPF_ADD = 0x00;
    internal const ushort BPF_SUB = 0x10;
    internal const ushort BPF_MUL = 0x20;
    internal const ushort BPF_DIV = 0x30;
    internal const ushort BPF_OR = 0x40;
    internal const ushort BPF_AND = 0x50;
    internal const ushort BPF_LSH = 0x60;
    internal const ushort BPF_RSH = 0x70;
    internal const ushort BPF_MOD = 0x90;
    internal const ushort BPF_XOR = 0xa0;

    // Comparisons.
    internal const ushort BPF_JA = 0x00;
    internal const ushort BPF_JEQ = 0x10;
    internal const ushort BPF_JGT = 0x20;
    internal const ushort BPF_JGE = 0x30;
    internal const ushort BPF_JSET = 0x40;

    // Operands: the instruction's constant, the index register, the accumulator.
    internal const ushort BPF_K = 0x00;
    internal const ushort BPF_X = 0x08;
    internal const ushort BPF_A = 0x10;

    internal const ushort BPF_TAX = 0x00;
    internal const ushort BPF_TXA = 0x80;

    internal const int BPF_MAXINSNS = 4096;
    internal const int BPF_MEMWORDS = 16;

    internal const int SKF_NET_OFF = -0x100000;
    internal const int SKF_AD_OFF = -0x1000;
    internal const int SKF_AD_PROTOCOL = 0;
    internal const int SKF_AD_PKTTYPE = 4;
    internal const int SKF_AD_IFINDEX = 8;
    internal const int SKF_AD_RXHASH = 32;
    internal const int SKF_AD_CPU = 36;
    internal const int SKF_AD_VLAN_TAG = 44;
    internal const int SKF_AD_VLAN_TAG_PRESENT = 48;

    [StructLayout(LayoutKind.Sequential)]
    internal struct sock_filter
    {
        internal ushort code;
        internal byte jt;
        internal byte jf;
        internal uint k;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct sock_fprog
    {
        internal ushort len;
        internal sock_filter* filter;
    }
}
