using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NatEngine.Architecture.Tests;

/// <summary>What every type of the product keeps to: classes are sealed, and a name says what its bearer is.</summary>
internal static class TypeRules
{
    private static readonly string[] EmptyWords =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Processor", "Context", "Info", "Data", "Base"];

    /// <summary>The types of an assembly that break a rule.</summary>
    public static IEnumerable<string> Violations(string assemblyPath)
    {
        using PEReader file = new(File.OpenRead(assemblyPath));
        MetadataReader metadata = file.GetMetadataReader();
        List<string> violations = [];
        foreach (TypeDefinition type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            string name = metadata.GetString(type.Name);
            bool written = !name.Contains('<', StringComparison.Ordinal) && !IsGenerated(metadata, type);
            if (!written)
            {
                continue;
            }

            // An abstract sealed class is what the compiler makes of a static one.
            if (IsClass(metadata, type) && (type.Attributes & TypeAttributes.Sealed) == 0)
            {
                violations.Add($"{name} is not sealed.");
            }

            if (EmptyWords.Any(word => name.EndsWith(word, StringComparison.Ordinal)))
            {
                violations.Add($"{name} does not say what it is.");
            }
        }

        return violations;
    }

    private static bool IsClass(MetadataReader metadata, TypeDefinition type)
    {
        if ((type.Attributes & TypeAttributes.Interface) != 0 || type.BaseType.IsNil)
        {
            return false;
        }

        return type.BaseType.Kind != HandleKind.TypeReference
            || metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type.BaseType).Name)
                is not ("ValueType" or "Enum" or "MulticastDelegate");
    }

    private static bool IsGenerated(MetadataReader metadata, TypeDefinition type)
    {
        foreach (CustomAttribute attribute in type.GetCustomAttributes().Select(metadata.GetCustomAttribute))
        {
            if (NameOf(metadata, attribute)
                is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute" or "EmbeddedAttribute")
            {
                return true;
            }
        }

        return type.GetDeclaringType() is { IsNil: false } outer
            && IsGenerated(metadata, metadata.GetTypeDefinition(outer));
    }

    private static string? NameOf(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
        {
            return null; // Declared in the assembly itself.
        }

        EntityHandle type = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        return type.Kind == HandleKind.TypeReference
            ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name)
            : null;
    }
}
