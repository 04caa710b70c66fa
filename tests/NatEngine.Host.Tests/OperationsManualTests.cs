using System;
using System.IO;
using System.Linq;
using NatEngine.Host.Explaining;
using NatEngine.Host.Settings;
using NatEngine.Packets;

namespace NatEngine.Host.Tests;

/// <summary>docs/operations.md has a row for everything that an operator can set or read.</summary>
public sealed class OperationsManualTests
{
    private static readonly string[] Lines = File.ReadAllLines(PathOf("docs/operations.md"));

    [Fact]
    public void Every_reason_to_drop_has_its_row_and_every_row_its_reason()
    {
        string[] rows = [.. Lines.SkipWhile(line => line != "### Reasons to drop")
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1])];
        Assert.Equal(Enum.GetValues<DropReason>().Where(reason => reason != DropReason.None).Select(Name), rows);
    }

    [Fact]
    public void Every_reason_to_drop_is_explained_in_the_words_of_its_row()
        => Assert.All(
            Enum.GetValues<DropReason>().Where(reason => reason != DropReason.None),
            reason => Assert.Contains(
                Lines,
                line => line.StartsWith($"| `{reason}` | {DropReasonText.Of(reason)} | ", StringComparison.Ordinal)));

    [Fact]
    public void Every_setting_and_its_option_have_a_row()
        => Assert.All(SettingKeys.All, key => Assert.Contains(
            Lines,
            line => line.Contains($"| `{key.Path.Replace(':', '.')}` |", StringComparison.Ordinal)
                && line.StartsWith(key.Option is null ? "| | `" : $"| `{key.Option}", StringComparison.Ordinal)));

    [Fact]
    public void Every_setting_of_a_pool_is_in_the_table_of_pools()
    {
        string[] rows = [.. Lines.SkipWhile(line => line != "### Pools")
            .TakeWhile(line => line != "### What is refused")
            .Where(line => line.StartsWith("| `pools[].", StringComparison.Ordinal))];
        Assert.All(SettingKeys.OfPools, key => Assert.Single(
            rows, row => row.Contains($"`pools[].{key.InPool!.Replace(':', '.')}`", StringComparison.Ordinal)));
    }

    private static string Name(DropReason reason) => reason.ToString();

    private static string PathOf(string file)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NatEngine.sln")))
        {
            folder = folder.Parent;
        }

        Assert.NotNull(folder);
        return Path.Combine(folder.FullName, file);
    }
}
