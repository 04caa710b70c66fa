using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace NatEngine.Host.Guarding;

/// <summary>A kind of guard in the kernel of this network namespace.</summary>
/// <remarks>A guard outlives a process that dies: until the engine runs again or an operator removes it, the kernel
/// forwards nothing past the NAT (fail closed).</remarks>
internal interface IGuard
{
    /// <summary>Puts the guard in place, whatever was left of an earlier one of this kind: no packet passes
    /// between.</summary>
    /// <exception cref="GuardException">It cannot be; nothing has changed.</exception>
    Task InstallAsync(GuardPlan plan, CancellationToken cancellation);

    /// <summary>Removes the guard of interfaces, whether or not they have one.</summary>
    /// <exception cref="GuardException">It cannot be.</exception>
    Task RemoveAsync(IEnumerable<string> interfaces, CancellationToken cancellation);

    /// <summary>Finds what is in the kernel, whoever put it there.</summary>
    /// <param name="interfaces">The interfaces to look at; none for all.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="GuardException">The kernel cannot be asked.</exception>
    Task<IReadOnlyList<InstalledGuard>> FindAsync(
        IReadOnlyCollection<string> interfaces, CancellationToken cancellation);

    /// <summary>One that was found as text, counters included.</summary>
    /// <exception cref="GuardException">The kernel cannot be asked.</exception>
    Task<string> ShowAsync(InstalledGuard installed, CancellationToken cancellation);

    /// <summary>Removes one that was found.</summary>
    /// <exception cref="GuardException">It cannot be.</exception>
    Task RemoveAsync(InstalledGuard installed, CancellationToken cancellation);
}
