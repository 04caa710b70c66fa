using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NatEngine.Architecture.Tests;

/// <summary>Where the sources and what was built of them stand.</summary>
internal static class Repository
{
    private static readonly string[] ProjectFolders = ["src", "loadtest"];
    private static readonly string[] SourceFolders = [.. ProjectFolders, "benchmarks", "tests"];

    public static string Root { get; } = FindRoot();

    /// <summary>The configuration that these tests were built in, and so everything else with them.</summary>
    private static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Name;

    /// <summary>The project files of the product and of the load tester.</summary>
    public static IEnumerable<string> ProjectFiles => ProjectFolders.SelectMany(
        folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories));

    /// <summary>Every C# file that somebody wrote, samples of bad ones excepted.</summary>
    public static IEnumerable<SourceFile> SourceFiles => SourceFolders
        .Select(folder => Path.Combine(Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Root, path))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "Samples"))
        .Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Root, path))));

    /// <summary>What was built of a project under src or loadtest.</summary>
    public static string Assembly(string project)
    {
        string projectFile = ProjectFiles.Single(file => Path.GetFileNameWithoutExtension(file) == project);
        string bin = Path.Combine(Path.GetDirectoryName(projectFile)!, "bin", Configuration, "net10.0");
        string path = Path.Combine(bin, AssemblyName(project) + ".dll");
        Assert.True(File.Exists(path), $"{path} has not been built.");
        return path;
    }

    /// <summary>The name of a project's assembly: the executables have short ones.</summary>
    private static string AssemblyName(string project) => project switch
    {
        "NatEngine.Host" => "natengine",
        "NatEngine.LoadTest" => "natload",
        _ => project,
    };

    private static string FindRoot()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            if (File.Exists(Path.Combine(d.FullName, "NatEngine.sln")))
            {
                return d.FullName;
            }
        }

        throw new InvalidOperationException($"No NatEngine.sln above {AppContext.BaseDirectory}.");
    }
}
