using System;
using System.Diagnostics;
using System.IO;

namespace NatEngine.LoadTest.Tests.Results;

/// <summary>The schema that docs/result.schema.json promises, as a validator that is not ours reads it.</summary>
internal static class ResultSchema
{
    private const string Validator = "/usr/bin/jsonschema";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Why results cannot be validated; null if they can.</summary>
    public static string? Missing
        => File.Exists(Validator) ? null : "needs a validator: apt-get install python3-jsonschema";

    private static string Schema
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NatEngine.sln")))
            {
                folder = folder.Parent;
            }

            return Path.Combine(folder!.FullName, "docs", "result.schema.json");
        }
    }

    /// <summary>Makes sure that a file is what the schema says; does nothing without a validator.</summary>
    public static void Accepts(string path)
    {
        string? complaint = Missing is null ? Complaint(path) : null;
        Assert.True(complaint is null, complaint);
    }

    /// <summary>What is wrong with a file; null if nothing is.</summary>
    public static string? Complaint(string path)
    {
        using Process validator = Process.Start(new ProcessStartInfo(Validator, ["-i", path, Schema])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        System.Threading.Tasks.Task<string> error = validator.StandardError.ReadToEndAsync();
        string output = validator.StandardOutput.ReadToEnd();
        Assert.True(validator.WaitForExit(Patience), "the validator does not end");
        return validator.ExitCode == 0 ? null : output + error.Result;
    }
}
