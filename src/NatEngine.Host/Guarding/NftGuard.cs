using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace NatEngine.Host.Guarding;

/// <summary>The guard as nft tables, which the kernel takes in one transaction.</summary>
internal sealed class NftGuard(Nft nft) : IGuard
{
    /// <inheritdoc/>
    public Task InstallAsync(GuardPlan plan, CancellationToken cancellation)
        => nft.ApplyAsync(GuardRuleset.Install(plan), cancellation);

    /// <inheritdoc/>
    public Task RemoveAsync(IEnumerable<string> interfaces, CancellationToken cancellation)
        => nft.ApplyAsync(GuardRuleset.Remove(interfaces), cancellation);

    /// <inheritdoc/>
    public Task RemoveAsync(InstalledGuard installed, CancellationToken cancellation)
        => nft.ApplyAsync($"delete {installed.Title}\n", cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<InstalledGuard>> FindAsync(
        IReadOnlyCollection<string> interfaces, CancellationToken cancellation)
    {
        HashSet<string> wanted = [.. interfaces.Select(GuardTable.NameOf)];
        string answer = await nft.QueryAsync(["-j", "list", "tables", "netdev"], cancellation).ConfigureAwait(false);
        using JsonDocument document = JsonDocument.Parse(answer);
        List<InstalledGuard> found = [];
        foreach (JsonElement item in document.RootElement.GetProperty("nftables").EnumerateArray())
        {
            if (item.TryGetProperty("table", out JsonElement table)
                && table.GetProperty("name").GetString() is string name
                && name.StartsWith(GuardTable.Prefix, StringComparison.Ordinal)
                && (wanted.Count == 0 || wanted.Contains(name)))
            {
                found.Add(new InstalledGuard(this, name, $"table netdev {name}"));
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public Task<string> ShowAsync(InstalledGuard installed, CancellationToken cancellation)
        => nft.QueryAsync(["list", "table", "netdev", installed.Place], cancellation);
}
