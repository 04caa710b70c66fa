using System;
using System.Linq;
using NatEngine.Devices;

namespace NatEngine.Host.Guarding;

/// <summary>A guard's program that has just taken the place of whatever was left at an interface, and can still give it
/// back.</summary>
internal sealed class ProgramExchange : IDisposable
{
    private readonly string _interface;
    private readonly IngressProgram _installed;
    private readonly InstalledPrograms _before;

    private ProgramExchange(string interfaceName, IngressProgram installed, InstalledPrograms before)
    {
        _interface = interfaceName;
        _installed = installed;
        _before = before;
    }

    /// <summary>Attaches a program in place of those of an earlier guard.</summary>
    /// <exception cref="DeviceException">It cannot be; nothing has changed.</exception>
    internal static ProgramExchange Make(string interfaceName, IngressProgram program)
    {
        InstalledPrograms before = InstalledPrograms.At(interfaceName);
        try
        {
            program.Attach(interfaceName, before.All.Count > 0 ? before.All[0] : null);
            return new ProgramExchange(interfaceName, program, before);
        }
        catch (DeviceException)
        {
            before.Dispose();
            throw;
        }
    }

    /// <summary>Has it stay so: what else bears the guard's name goes, too.</summary>
    /// <exception cref="DeviceException">The kernel gave an error.</exception>
    internal void Keep()
    {
        foreach (IngressProgram other in _before.All.Skip(1))
        {
            other.Detach(_interface);
        }
    }

    /// <summary>Puts back what was there.</summary>
    /// <exception cref="DeviceException">The kernel gave an error.</exception>
    internal void Undo()
    {
        if (_before.All.Count > 0)
        {
            _before.All[0].Attach(_interface, _installed);
        }
        else
        {
            _installed.Detach(_interface);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _before.Dispose();
}
