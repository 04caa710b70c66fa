using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Threading;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>The real programs that the tests send through the gateway.</summary>
internal static class Programs
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Downloads a file with curl and gives the SHA-256 of what arrived.</summary>
    public static string Download(LabHost host, string url, int seed, long length)
    {
        using RunningProgram download = StartDownload(host, url, seed, length);
        return HashOf(download);
    }

    /// <summary>Starts to download a file.</summary>
    public static RunningProgram StartDownload(LabHost host, string url, int seed, long length)
        => host.Start("bash", ["-c", $"set -o pipefail; curl -sSf --max-time 110 {url}/{seed}/{length} | sha256sum"]);

    /// <summary>Waits for a download and gives the SHA-256 of what arrived.</summary>
    public static string HashOf(RunningProgram download)
        => download.WaitForExit(Patience).EnsureSuccess().Output.Split(' ')[0];

    /// <summary>Uploads a file with curl.</summary>
    /// <returns>The SHA-256 of what the server got.</returns>
    public static string Upload(LabHost host, string url, string path)
        => host.Run("curl", ["-sSf", "--max-time", "110", "-T", path, url], Patience).EnsureSuccess().Output;

    /// <summary>Fetches a short text with curl.</summary>
    public static string Fetch(LabHost host, string url, params string[] options)
        => host.Run("curl", ["-sSf", "--max-time", "20", .. options, url]).EnsureSuccess().Output;

    /// <summary>Sends echo requests, all at once, and gives how many were answered.</summary>
    public static int Ping(LabHost host, IPAddress address, int count)
    {
        using RunningProgram ping = StartPing(host, address, count);
        return Answered(ping);
    }

    /// <summary>Starts to send echo requests, all at once.</summary>
    /// <remarks>Once one has been answered, ping waits no longer for the last answer than the time between two requests
    /// or twice the longest round trip. So that an answer may be late, that time is long, and no request is sent after
    /// the first ones.</remarks>
    public static RunningProgram StartPing(LabHost host, IPAddress address, int count, params string[] options)
        => host.Start("ping", [.. options, "-c", $"{count}", "-l", $"{count}", "-i", "20", "-W", "20", $"{address}"]);

    /// <summary>Waits for ping to end and gives how many requests were answered.</summary>
    public static int Answered(RunningProgram ping)
    {
        string words = ping.WaitForExit(Patience).Output.Split('\n')
            .Single(line => line.Contains(" received", StringComparison.Ordinal));
        return int.Parse(words.Split(", ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>Sends an echo request that must not be answered.</summary>
    public static void PingInVain(LabHost host, IPAddress address)
        => Assert.Equal(1, host.Run("ping", ["-c", "1", "-W", "1", $"{address}"]).ExitCode);

    /// <summary>Runs iperf3 for a second against the remote, which must not be running it already.</summary>
    /// <returns>Its report, from <c>end</c> on.</returns>
    public static JsonElement Iperf(LabHost client, LabHost server, IPAddress address, params string[] options)
    {
        using RunningProgram listening = server.Start("iperf3", ["-s", "-1", "--forceflush"]);
        listening.WaitForLine("Server listening", Patience);
        ProgramResult result = client.Run("iperf3", ["-c", address.ToString(), "-t", "1", "-J", .. options], Patience);
        result.EnsureSuccess();
        listening.WaitForExit(Patience);
        return JsonDocument.Parse(result.Output).RootElement.GetProperty("end");
    }

    /// <summary>Asks a name server for an address with dig.</summary>
    public static string Dig(LabHost host, IPAddress server, string name)
        => host.Run("dig", ["+short", "+timeout=5", "+tries=2", $"@{server}", name]).EnsureSuccess().Output.Trim();

    /// <summary>Waits for something that must come, however busy the machine.</summary>
    public static void Await(Func<bool> condition, string what)
    {
        long deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!condition())
        {
            Assert.True(Environment.TickCount64 < deadline, $"Waited in vain for {what}.");
            Thread.Sleep(10);
        }
    }
}
