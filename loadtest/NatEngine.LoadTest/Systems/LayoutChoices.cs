using System.Collections.Generic;
using System.Linq;

namespace NatEngine.LoadTest.Systems;

/// <summary>The layouts of natengine's pipeline that are worth comparing: which stages share a thread.</summary>
internal static class LayoutChoices
{
    /// <summary>Run to completion; the kernel's two halves (receiving, sending) on threads of their own, one or both;
    /// deciding apart from writing; and a thread for each stage.</summary>
    public static IReadOnlyList<string> Layouts { get; } =
    [
        "rx+lookup+rewrite+checksum+tx",
        "rx|lookup+rewrite+checksum+tx",
        "rx+lookup+rewrite+checksum|tx",
        "rx+lookup|rewrite+checksum+tx",
        "rx|lookup+rewrite+checksum|tx",
        "rx|lookup|rewrite|checksum|tx",
    ];

    /// <summary>A natengine for each, as <c>--system</c> would define it; in the label a stroke is a slash, because
    /// reports' tables are made of strokes.</summary>
    public static IReadOnlyList<string> Definitions { get; } =
    [
        .. Layouts.Select(
            layout => $"{layout.Replace('|', '/')}={NatEngineSystem.SystemName} --layout {layout}"),
    ];
}
