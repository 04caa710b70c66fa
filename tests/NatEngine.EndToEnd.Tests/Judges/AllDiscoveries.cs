using System;
using System.Collections.Generic;
using System.Linq;

namespace NatEngine.EndToEnd.Tests.Judges;

/// <summary>Every preset of natengine, and the kernel's masquerade, judged side by side while they all wait.</summary>
public sealed class AllDiscoveries : IDisposable
{
    /// <summary>What stands for the kernel's masquerade where a preset's name is expected.</summary>
    public const string Masquerade = "masquerade";

    private readonly Dictionary<string, Discoveries> _byName = [];

    /// <summary>The presets, and masquerade.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["default", "full-cone", "cgn", "symmetric", "netfilter", Masquerade];

    public void Dispose()
    {
        foreach (Discoveries discoveries in _byName.Values)
        {
            discoveries.Dispose();
        }
    }

    /// <summary>What was found about one of <see cref="Names"/>. The first that is asked for starts them all.</summary>
    internal Discoveries Of(string name)
    {
        foreach (string missing in Names.Where(one => !_byName.ContainsKey(one)))
        {
            _byName.Add(missing, new Discoveries(missing == Masquerade ? null : missing));
        }

        return _byName[name];
    }
}
