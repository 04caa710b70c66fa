using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NatEngine.Architecture.Tests;

/// <summary>What of the runtime an assembly must not use. Judged by what the compiler wrote into it, so that a
/// <c>using static</c>, an alias or a <c>lock</c> statement hides nothing.</summary>
internal static class ForbiddenApi
{
    private static readonly string[] Clock =
    [
        "System.DateTime", "System.DateTimeOffset", "System.TimeProvider", "System.Diagnostics.Stopwatch",
        "System.Environment.get_TickCount", "System.Environment.get_TickCount64",
    ];

    private static readonly string[] Threads =
        ["System.Threading.", "System.Runtime.CompilerServices.IAsyncStateMachine"];

    private static readonly string[] InputOutputAndLogging =
    [
        "System.IO.", "System.Net.Sockets.", "System.Console", "System.Diagnostics.Process",
        "System.Diagnostics.Trace", "System.Diagnostics.Tracing.", "System.Diagnostics.Metrics.", "Microsoft.",
    ];

    // Chance comes in as a Random that the owner made, so that a test can give the same one twice.
    private static readonly string[] Chance = ["System.Random.get_Shared", "System.Guid.NewGuid"];

    private static readonly string[] HostingAndConfiguration =
        ["Microsoft.Extensions.", "System.Text.Json.", "System.Console"];

    // Headers are read and written by what the Pipeline does with a batch.
    private static readonly string[] PacketOctets =
        ["NatEngine.Packets.Headers.", "NatEngine.Devices.Frame.get_Octets"];

    /// <summary>For each project that promises something, what it must not use.</summary>
    public static IReadOnlyDictionary<string, string[]> ByProject { get; } = new Dictionary<string, string[]>
    {
        ["NatEngine.Packets"] = [.. Clock, .. Threads, .. InputOutputAndLogging, .. Chance],
        ["NatEngine.Rules"] = [.. Clock, .. Chance, .. HostingAndConfiguration],
        ["NatEngine.Translation"] = [.. Clock, .. Threads, .. InputOutputAndLogging, .. Chance],
        ["NatEngine.Pipeline"] = HostingAndConfiguration,
        ["NatEngine.Host"] = PacketOctets,
    };

    /// <summary>The types and members that an assembly uses and that are, or lie under, what is forbidden.</summary>
    public static IEnumerable<string> Violations(string assemblyPath, IReadOnlyCollection<string> forbidden)
        => UsedBy(assemblyPath).Where(used => forbidden.Any(entry => Covers(entry, used))).Order();

    private static bool Covers(string entry, string used) => entry.EndsWith('.')
        ? used.StartsWith(entry, StringComparison.Ordinal)
        : used == entry || used.StartsWith(entry + ".", StringComparison.Ordinal);

    private static HashSet<string> UsedBy(string assemblyPath)
    {
        using PEReader file = new(File.OpenRead(assemblyPath));
        MetadataReader metadata = file.GetMetadataReader();
        HashSet<string> used = [.. metadata.TypeReferences.Select(handle => NameOf(metadata, handle))];
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind == HandleKind.TypeReference)
            {
                string type = NameOf(metadata, (TypeReferenceHandle)member.Parent);
                used.Add($"{type}.{metadata.GetString(member.Name)}");
            }
        }

        return used;
    }

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        string name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(metadata, (TypeReferenceHandle)type.ResolutionScope)}.{name}"
            : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
