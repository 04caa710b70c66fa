using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace NatEngine.Architecture.Tests;

/// <summary>Which project may reference which, and which may bring in packages.</summary>
internal static class ReferenceTable
{
    private const string Prefix = "NatEngine.";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Packets"] = [],
        ["Rules"] = ["Packets"],
        ["Translation"] = ["Packets", "Rules"],
        ["Devices"] = [],
        ["Pipeline"] = ["Packets", "Translation", "Devices"],
        // Conformance judges the program as a process, from outside: to Host it is a tool to start, not a part.
        ["Host"] = ["Packets", "Rules", "Translation", "Devices", "Pipeline", "Conformance"],
        ["Lab"] = ["Devices"],
        // Nothing of the product: what judges and what is judged must not be wrong together.
        ["Conformance"] = ["Lab"],
        ["LoadTest"] = ["Lab", "Packets", "Devices"],
        ["LoadTest.NBomber"] = ["LoadTest", "Lab", "Packets", "Devices"],
    };

    // What these are made of is the runtime and nothing else: no configuration, no hosting, no logging.
    private static readonly string[] WithoutPackages =
        ["Packets", "Rules", "Translation", "Devices", "Pipeline", "Lab", "Conformance"];

    /// <summary>What a project file asks for against the table.</summary>
    public static IEnumerable<string> Violations(string project, XDocument projectFile)
    {
        string name = ShortName(project);
        if (!Allowed.TryGetValue(name, out string[]? allowed))
        {
            yield return $"{project} is not in the table: say what it may reference.";
            yield break;
        }

        // A reference for the order of building only puts nothing of one into the other.
        IEnumerable<string> references = projectFile.Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => ShortName(Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!)));
        foreach (string reference in references.Except(allowed))
        {
            yield return $"{project} must not reference {Prefix}{reference}.";
        }

        foreach (XElement package in projectFile.Descendants("PackageReference"))
        {
            if (WithoutPackages.Contains(name))
            {
                yield return $"{project} must not use the package {(string?)package.Attribute("Include")}.";
            }
        }
    }

    /// <summary>What a built assembly refers to against the table: transitive references, too, show here.</summary>
    public static IEnumerable<string> Violations(string project, IEnumerable<string> referencedAssemblies)
    {
        string name = ShortName(project);
        foreach (string reference in referencedAssemblies)
        {
            if (Ours(reference) is { } ours ? !Allowed[name].Contains(ours) : !IsRuntime(reference, name))
            {
                yield return $"The assembly of {project} must not refer to {reference}.";
            }
        }
    }

    /// <summary>The assemblies that an assembly refers to.</summary>
    public static IReadOnlyList<string> ReferencesOf(string assemblyPath)
    {
        using PEReader file = new(File.OpenRead(assemblyPath));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static bool IsRuntime(string reference, string name)
        => !WithoutPackages.Contains(name)
            || reference.StartsWith("System.", StringComparison.Ordinal)
            || reference is "System" or "Microsoft.Win32.Primitives";

    private static string? Ours(string assembly) => assembly switch
    {
        "natengine" => "Host",
        "natload" => "LoadTest",
        _ when assembly.StartsWith(Prefix, StringComparison.Ordinal) => ShortName(assembly),
        _ => null,
    };

    private static string ShortName(string project)
        => project.StartsWith(Prefix, StringComparison.Ordinal) ? project[Prefix.Length..] : project;
}
