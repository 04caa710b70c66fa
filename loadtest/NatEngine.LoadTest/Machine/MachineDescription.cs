using System.Collections.Generic;

namespace NatEngine.LoadTest.Machine;

/// <summary>What the figures were measured on. "unknown" stands for what the machine would not say.</summary>
/// <param name="Processor">The processors' name.</param>
/// <param name="Processors">How many this process may use.</param>
/// <param name="Hypervisor">True if the processor says that it is a virtual machine's.</param>
/// <param name="Governor">What decides the processors' frequency.</param>
/// <param name="MemoryOctets">Memory, in octets.</param>
/// <param name="Kernel">Release of the kernel.</param>
/// <param name="Distribution">Name and version of the distribution.</param>
/// <param name="Runtime">Version of .NET.</param>
/// <param name="Commit">The commit that was built, with "+changes" if the tree differed from it.</param>
/// <param name="Tools">Versions of the programs that measure.</param>
/// <param name="Offloads">What the lab's interfaces leave to "hardware", as <c>ethtool -k</c> names it.</param>
/// <param name="LoadAverage">Processes that ran or wanted to in the minute before the run, on average.</param>
/// <param name="Settings">What else may decide a figure: kernel parameters, and the variables that steer .NET.</param>
internal sealed record MachineDescription(
    string Processor,
    int Processors,
    bool Hypervisor,
    string Governor,
    long MemoryOctets,
    string Kernel,
    string Distribution,
    string Runtime,
    string Commit,
    string Tools,
    string Offloads,
    double LoadAverage,
    IReadOnlyDictionary<string, string> Settings);
