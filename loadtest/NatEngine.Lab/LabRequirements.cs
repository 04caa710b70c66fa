using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.IO;

namespace NatEngine.Lab;

/// <summary>What the machine must have before a lab can be built: root, and a few programs.</summary>
public static class LabRequirements
{
    private static readonly FrozenDictionary<string, string> DebianPackages = new Dictionary<string, string>
    {
        ["ip"] = "iproute2",
        ["setpriv"] = "util-linux",
        ["taskset"] = "util-linux",
        ["nft"] = "nftables",
        ["ethtool"] = "ethtool",
        ["tcpdump"] = "tcpdump",
        ["conntrack"] = "conntrack",
        ["iperf3"] = "iperf3",
        ["curl"] = "curl",
        ["ping"] = "iputils-ping",
        ["dig"] = "dnsutils",
        ["socat"] = "socat",
    }.ToFrozenDictionary();

    /// <summary>Says why no lab can be built here.</summary>
    /// <returns>One sentence for the person at the terminal, or null if a lab can be built.</returns>
    public static string? WhyNot()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "The lab is made of Linux network namespaces; this is not Linux.";
        }

        if (!Environment.IsPrivilegedProcess)
        {
            return "The lab makes network namespaces, which takes root: run this with sudo.";
        }

        return WhyMissing("ip") ?? WhyMissing("setpriv");
    }

    /// <summary>Says that a program is missing, and which Debian package has it.</summary>
    /// <returns>One sentence, or null if the program is on the path.</returns>
    public static string? WhyMissing(string program)
    {
        ArgumentException.ThrowIfNullOrEmpty(program);
        if (Path.IsPathRooted(program) ? File.Exists(program) : IsOnPath(program))
        {
            return null;
        }

        return DebianPackages.TryGetValue(program, out string? package)
            ? $"The program '{program}' is not installed: apt-get install {package}"
            : $"The program '{program}' is not installed.";
    }

    /// <summary>Refuses to go on where no lab can be built.</summary>
    /// <exception cref="LabException">There is a reason; see <see cref="WhyNot"/>.</exception>
    public static void Check()
    {
        if (WhyNot() is { } reason)
        {
            throw new LabException(reason);
        }
    }

    /// <summary>Refuses to go on without a program.</summary>
    /// <exception cref="LabException">The program is not on the path.</exception>
    public static void CheckProgram(string program)
    {
        if (WhyMissing(program) is { } reason)
        {
            throw new LabException(reason);
        }
    }

    private static bool IsOnPath(string program)
    {
        // A service's path often lacks the sbin directories, where ip and nft live.
        string path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty) + ":/usr/sbin:/sbin:/usr/bin:/bin";
        foreach (string directory in path.Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            if (File.Exists(Path.Combine(directory, program)))
            {
                return true;
            }
        }

        return false;
    }
}
