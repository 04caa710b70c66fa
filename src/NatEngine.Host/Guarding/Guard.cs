using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace NatEngine.Host.Guarding;

/// <summary>The engine's nft tables in the kernel.</summary>
/// <remarks>The guard outlives a process that dies: until the engine runs again or an operator removes it, the kernel
/// forwards nothing past the NAT (fail closed).</remarks>
internal sealed class Guard(Nft nft)
{
    /// <summary>Puts the guard in place, atomically, whatever was left of an earlier one.</summary>
    /// <exception cref="NftException">nft or the kernel refused it; nothing has changed.</exception>
    internal Task InstallAsync(GuardPlan plan, CancellationToken cancellation)
        => nft.ApplyAsync(GuardRuleset.Install(plan), cancellation);

    /// <summary>Removes the guard of interfaces, whether or not they have one.</summary>
    /// <exception cref="NftException">nft or the kernel refused it; nothing has changed.</exception>
    internal Task RemoveAsync(IEnumerable<string> interfaces, CancellationToken cancellation)
        => nft.ApplyAsync(GuardRuleset.Remove(interfaces), cancellation);

    /// <summary>Removes guard tables by their names.</summary>
    /// <exception cref="NftException">nft or the kernel refused it; nothing has changed.</exception>
    internal Task RemoveTablesAsync(IEnumerable<string> tables, CancellationToken cancellation)
        => nft.ApplyAsync(
            string.Concat(tables.Select(table => $"delete table netdev {table}\n")), cancellation);

    /// <summary>The names of the guard tables in the kernel.</summary>
    /// <exception cref="NftException">nft or the kernel refused it.</exception>
    internal async Task<IReadOnlyList<string>> ListTablesAsync(CancellationToken cancellation)
    {
        string answer = await nft.QueryAsync(["-j", "list", "tables", "netdev"], cancellation).ConfigureAwait(false);
        using JsonDocument document = JsonDocument.Parse(answer);
        List<string> names = [];
        foreach (JsonElement item in document.RootElement.GetProperty("nftables").EnumerateArray())
        {
            if (item.TryGetProperty("table", out JsonElement table)
                && table.GetProperty("name").GetString() is string name
                && name.StartsWith(GuardTable.Prefix, StringComparison.Ordinal))
            {
                names.Add(name);
            }
        }

        return names;
    }

    /// <summary>Guard tables as nft prints them, counters included.</summary>
    /// <exception cref="NftException">nft or the kernel refused it.</exception>
    internal async Task<string> ShowAsync(IEnumerable<string> tables, CancellationToken cancellation)
    {
        StringBuilder text = new();
        foreach (string table in tables)
        {
            text.Append(await nft.QueryAsync(["list", "table", "netdev", table], cancellation).ConfigureAwait(false));
        }

        return text.ToString();
    }
}
