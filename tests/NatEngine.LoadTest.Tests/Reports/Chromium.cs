using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace NatEngine.LoadTest.Tests.Reports;

/// <summary>A real browser, without a window and without a network.</summary>
internal static class Chromium
{
    private const string Program = "/usr/bin/chromium";

    // A tall window: a screenshot shows what the window does.
    private const string WindowSize = "--window-size=1000,6400";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Why there is none; null if there is.</summary>
    public static string? Missing
        => File.Exists(Program) ? null : "needs a browser: apt-get install chromium";

    /// <summary>Opens a page and takes its picture.</summary>
    /// <returns>What the browser complained of, console messages of the page included.</returns>
    public static string Photograph(string page, string picture, bool dark)
        => Run(page, $"--screenshot={picture}", dark ? "--blink-settings=preferredColorScheme=0" : WindowSize).Error;

    /// <summary>Opens a page.</summary>
    /// <returns>The document as the browser understood it.</returns>
    public static string Document(string page) => Run(page, "--dump-dom").Output;

    private static (string Output, string Error) Run(string page, params string[] arguments)
    {
        DirectoryInfo profile = Directory.CreateTempSubdirectory("natload-tests-");
        try
        {
            using Process browser = Process.Start(new ProcessStartInfo(Program,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", $"--user-data-dir={profile}",
                WindowSize, .. arguments, new Uri(page).AbsoluteUri,
            ])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> error = browser.StandardError.ReadToEndAsync();
            Task<string> output = browser.StandardOutput.ReadToEndAsync();
            if (!browser.WaitForExit(Patience))
            {
                browser.Kill(entireProcessTree: true);
                Assert.Fail($"The browser did not end within {Patience.TotalSeconds} s.");
            }

            Assert.Equal(0, browser.ExitCode);
            return (output.Result, error.Result);
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }
}
