using System.Reflection;

namespace NatEngine.Host;

/// <summary>Which build of the engine this is.</summary>
internal static class EngineBuild
{
    /// <summary>The version, with the commit it was built from behind a plus sign.</summary>
    internal static string Version { get; }
        = typeof(EngineBuild).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion ?? "unknown";

    /// <summary>The version alone.</summary>
    internal static string Release { get; } = Version.Split('+')[0];

    /// <summary>What tells one build from another, even of the same commit: the module's version id.</summary>
    internal static string Id { get; } = typeof(EngineBuild).Module.ModuleVersionId.ToString("N");
}
