using System;
using System.IO;

namespace NatEngine.Devices.Tests.Wire;

/// <summary>What tests on real interfaces need of the machine.</summary>
internal static class Requirements
{
    /// <summary>What is missing here, null if nothing is.</summary>
    internal static string? Missing { get; } =
        !Environment.IsPrivilegedProcess ? "needs root, to make network namespaces"
        : !File.Exists("/sbin/ip") && !File.Exists("/usr/sbin/ip") ? "needs the program ip (Debian package iproute2)"
        : null;
}
