using System.Collections.Generic;
using System.Linq;
using NatEngine.Host.Guarding;

namespace NatEngine.Host.Tests.Guarding;

/// <summary>The kinds of guard that this machine's kernel has, by the words of the setting.</summary>
internal static class GuardKinds
{
    /// <summary>nft everywhere; bpf from Linux 6.6 on.</summary>
    internal static IReadOnlyList<string> Names { get; } = HasPrograms() ? ["nft", "bpf"] : ["nft"];

    /// <summary>The same, for theories.</summary>
    internal static TheoryData<string> Available => [.. Names];

    /// <summary>A guard of a kind.</summary>
    internal static IGuard Of(string kind) => kind == "nft" ? new NftGuard(Nft.Find()) : new BpfGuard();

    /// <summary>What its parts at interfaces are called.</summary>
    internal static IEnumerable<string> Titles(string kind, params string[] interfaces)
        => interfaces.Select(
            name => kind == "nft" ? $"table netdev natengine_{name}" : $"program natengine_guard at {name}");

    private static bool HasPrograms()
    {
        try
        {
            BpfGuard.CheckAvailable();
            return true;
        }
        catch (GuardException)
        {
            return false;
        }
    }
}
