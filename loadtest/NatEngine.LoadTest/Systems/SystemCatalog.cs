using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NatEngine.LoadTest.Comparison;

namespace NatEngine.LoadTest.Systems;

/// <summary>The systems that can be compared, by name.</summary>
internal static class SystemCatalog
{
    /// <summary>The kind of system that the ratios are to: the first of it in a run.</summary>
    public const string Baseline = NetfilterSystem.SystemName;

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        NatEngineSystem.SystemName, NetfilterSystem.SystemName, ForwardSystem.SystemName, WireSystem.SystemName,
        ExternalSystem.SystemName,
    ];

    /// <summary>Makes a system, to be set up once.</summary>
    public static ISystemUnderTest Create(SystemChoice choice, ComparisonOptions options) => choice.Kind switch
    {
        NatEngineSystem.SystemName => new NatEngineSystem(
            choice.Label,
            Required(options.NatEnginePath),
            NatEngineSystem.OptionsOf(options.NatEngineOptions, choice.Options),
            options.EngineCores),
        NetfilterSystem.SystemName => new NetfilterSystem(choice.Label, choice.Options),
        ForwardSystem.SystemName => new ForwardSystem(choice.Label),
        WireSystem.SystemName => new WireSystem(choice.Label),
        ExternalSystem.SystemName => new ExternalSystem(choice.Label, Required(options.External)),
        _ => throw new ArgumentOutOfRangeException(nameof(choice), choice.Kind, "must be one of the catalog's kinds"),
    };

    /// <summary>The programs that a kind of system needs on the machine.</summary>
    public static IReadOnlyList<string> ProgramsFor(string kind) => kind switch
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

    private static T Required<T>(T? value)
        where T : class
        => value ?? throw new InvalidOperationException("The options were checked: it is there.");
}
