using System;

namespace NatEngine.Tests;

/// <summary>Whether this process may make network namespaces and raw sockets.</summary>
internal static class Root
{
    /// <summary>Why it may not, or null if it may.</summary>
    public static string? WhyNot => Environment.IsPrivilegedProcess
        ? null
        : "Needs root, for network namespaces and raw sockets.";
}
