using System;
using System.Collections.Generic;
using NatEngine.Devices;

namespace NatEngine.Host.Guarding;

/// <summary>The guard's programs that are at an interface: one, or none. More only if somebody else attaches under the
/// same name.</summary>
internal sealed class InstalledPrograms : IDisposable
{
    private InstalledPrograms(IReadOnlyList<IngressProgram> all) => All = all;

    /// <summary>The programs, as the kernel asks them.</summary>
    internal IReadOnlyList<IngressProgram> All { get; }

    /// <summary>Looks at an interface.</summary>
    /// <exception cref="DeviceException">There is no such interface, or it cannot be looked at.</exception>
    internal static InstalledPrograms At(string interfaceName)
        => new(IngressPrograms.Find(interfaceName, GuardProgram.Name));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IngressProgram program in All)
        {
            program.Dispose();
        }
    }
}
