using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NatEngine.LoadTest.Comparison;

namespace NatEngine.LoadTest.Systems;

/// <summary>The systems that can be compared, by name.</summary>
internal static class SystemCatalog
{
    /// <summary>The system that the ratios are to.</summary>
    public const string Baseline = NetfilterSystem.SystemName;

    /// <summary>All names, in the order of the report.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [NatEngineSystem.SystemName, NetfilterSystem.SystemName, ForwardSystem.SystemName, WireSystem.SystemName];

    /// <summary>Makes a system, to be set up once.</summary>
    public static ISystemUnderTest Create(string name, ComparisonOptions options) => name switch
    {
        NatEngineSystem.SystemName => new NatEngineSystem(Required(options.NatEnginePath), options.NatEngineOptions),
        NetfilterSystem.SystemName => new NetfilterSystem(),
        ForwardSystem.SystemName => new ForwardSystem(),
        WireSystem.SystemName => new WireSystem(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "must be one of the catalog's names"),
    };

    /// <summary>The programs that a system needs on the machine.</summary>
    public static IReadOnlyList<string> ProgramsFor(string name) => name switch
    {
        NatEngineSystem.SystemName or WireSystem.SystemName => ["nft"],
        NetfilterSystem.SystemName => ["nft", "conntrack"],
        _ => [],
    };

    /// <summary>Finds natengine: where it was said to be, or where <c>dotnet publish -o out</c> puts it.</summary>
    /// <returns>The path, or null if it is not there.</returns>
    public static string? FindNatEngine(string? said)
    {
        if (said is not null)
        {
            return File.Exists(said) ? Path.GetFullPath(said) : null;
        }

        IEnumerable<string> upwards = Ancestors(AppContext.BaseDirectory)
            .Select(directory => Path.Combine(directory, "out", "natengine"));
        return upwards.FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> Ancestors(string directory)
    {
        for (DirectoryInfo? each = new(directory); each is not null; each = each.Parent)
        {
            yield return each.FullName;
        }
    }

    private static string Required(string? path)
        => path ?? throw new InvalidOperationException("The options were checked: natengine was found.");
}
