using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace NatEngine.Architecture.Tests;

public sealed class ReferenceTableTests
{
    public static TheoryData<string> Projects =>
        [.. Repository.ProjectFiles.Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Projects_reference_what_the_table_allows(string project)
    {
        string path = Repository.ProjectFiles.Single(file => Path.GetFileNameWithoutExtension(file) == project);

        Assert.Empty(ReferenceTable.Violations(project, XDocument.Load(path)));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Assemblies_refer_to_what_the_table_allows(string project)
    {
        IReadOnlyList<string> references = ReferenceTable.ReferencesOf(Repository.Assembly(project));

        Assert.NotEmpty(references);
        Assert.Empty(ReferenceTable.Violations(project, references));
    }

    [Fact]
    public void The_table_is_about_projects_that_exist()
    {
        string[] wanted = ["Packets", "Rules", "Translation", "Devices", "Pipeline", "Host", "Lab"];

        Assert.Subset(
            Repository.ProjectFiles.Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet(),
            wanted.Select(name => "NatEngine." + name).ToHashSet());
    }

    [Theory]
    [InlineData("NatEngine.Packets", "<ProjectReference Include='../NatEngine.Devices/NatEngine.Devices.csproj'/>")]
    [InlineData("NatEngine.Translation", "<ProjectReference Include='../NatEngine.Devices/NatEngine.Devices.csproj'/>")]
    [InlineData("NatEngine.Devices", "<ProjectReference Include='../NatEngine.Packets/NatEngine.Packets.csproj'/>")]
    [InlineData("NatEngine.Lab", "<ProjectReference Include='../../src/NatEngine.Host/NatEngine.Host.csproj'/>")]
    [InlineData("NatEngine.Conformance", "<ProjectReference Include='../NatEngine.Packets/NatEngine.Packets.csproj'/>")]
    [InlineData("NatEngine.LoadTest", "<ProjectReference Include='../../src/NatEngine.Host/NatEngine.Host.csproj'/>")]
    [InlineData("NatEngine.Pipeline", "<PackageReference Include='Microsoft.Extensions.Configuration'/>")]
    [InlineData("NatEngine.Translation", "<PackageReference Include='Microsoft.Extensions.Logging.Abstractions'/>")]
    [InlineData("NatEngine.Newcomer", "")]
    public void A_project_file_against_the_table_is_found(string project, string item)
    {
        XDocument projectFile = XDocument.Parse($"<Project><ItemGroup>{item}</ItemGroup></Project>");

        Assert.Single(ReferenceTable.Violations(project, projectFile));
    }

    [Theory]
    [InlineData("NatEngine.Packets", "NatEngine.Translation")]
    [InlineData("NatEngine.Lab", "natengine")]
    [InlineData("NatEngine.Pipeline", "Microsoft.Extensions.Hosting.Abstractions")]
    public void An_assembly_against_the_table_is_found(string project, string reference)
    {
        Assert.Single(ReferenceTable.Violations(project, ["System.Runtime", reference]));
    }

    [Fact]
    public void A_reference_for_the_order_of_building_is_none()
    {
        XDocument projectFile = XDocument.Parse(
            "<Project><ProjectReference Include='Host.csproj' ReferenceOutputAssembly='false' /></Project>");

        Assert.Empty(ReferenceTable.Violations("NatEngine.LoadTest", projectFile));
    }
}
