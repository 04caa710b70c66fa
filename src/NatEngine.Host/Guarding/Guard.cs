using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace NatEngine.Host.Guarding;

/// <summary>The engine's guard, of the kind that was chosen; what an earlier engine left of the other kind goes when
/// this one stands.</summary>
internal sealed class Guard
{
    private readonly IGuard _chosen;
    private readonly IGuard? _other;
    private readonly string _why;

    private Guard(GuardKind kind, IGuard chosen, IGuard? other, string why)
    {
        Kind = kind;
        _chosen = chosen;
        _other = other;
        _why = why;
    }

    /// <summary>The kind that was chosen.</summary>
    internal GuardKind Kind { get; }

    /// <summary>Chooses the kind of guard.</summary>
    /// <exception cref="GuardException">What is asked for is not available.</exception>
    internal static Guard Choose(GuardKind asked)
    {
        string why = string.Empty;
        if (asked != GuardKind.Nft)
        {
            try
            {
                BpfGuard.CheckAvailable();
                return new Guard(GuardKind.Bpf, new BpfGuard(), FindNft(), why);
            }
            catch (GuardException error) when (asked == GuardKind.Auto)
            {
                why = $" (no programs: {error.Message})";
            }
        }

        try
        {
            return new Guard(GuardKind.Nft, new NftGuard(Nft.Find()), new BpfGuard(), why);
        }
        catch (GuardException error) when (why.Length > 0)
        {
            throw new GuardException(error.Message + why, error);
        }
    }

    /// <summary>Puts the guard in place, whatever was left of an earlier one.</summary>
    /// <returns>What may be left of the other kind, because it could not be looked for or removed; null if
    /// nothing.</returns>
    /// <exception cref="GuardException">It cannot be; nothing has changed.</exception>
    internal async Task<string?> InstallAsync(GuardPlan plan, CancellationToken cancellation)
    {
        await _chosen.InstallAsync(plan, cancellation).ConfigureAwait(false);
        if (_other is null)
        {
            return null;
        }

        try
        {
            foreach (InstalledGuard left in await _other.FindAsync(
                [plan.InternalInterface, plan.ExternalInterface], cancellation).ConfigureAwait(false))
            {
                await _other.RemoveAsync(left, cancellation).ConfigureAwait(false);
            }

            return null;
        }
        catch (GuardException error)
        {
            return $"what an earlier engine may have left of another guard stays in force: {error.Message}";
        }
    }

    /// <summary>Removes the guard of interfaces, whether or not they have one.</summary>
    /// <exception cref="GuardException">It cannot be.</exception>
    internal Task RemoveAsync(IEnumerable<string> interfaces, CancellationToken cancellation)
        => _chosen.RemoveAsync(interfaces, cancellation);

    /// <summary>What the guard is, for the log.</summary>
    internal string Describe(GuardPlan plan)
    {
        string[] places = [plan.InternalInterface, plan.ExternalInterface];
        return Kind == GuardKind.Bpf
            ? $"programs {GuardProgram.Name} at {string.Join(", ", places)}"
            : $"nft tables netdev {string.Join(", ", Array.ConvertAll(places, GuardTable.NameOf))}{_why}";
    }

    // Without the program nobody can have made tables with it, and a guard of programs does not need it.
    private static NftGuard? FindNft()
    {
        try
        {
            return new NftGuard(Nft.Find());
        }
        catch (GuardException)
        {
            return null;
        }
    }
}
