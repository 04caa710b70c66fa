using System.IO;
using NatEngine.Host.Policy;

namespace NatEngine.Host.Tests.Policy;

public sealed class SavedRulesTests
{
    [Fact]
    public void The_text_of_before_can_be_put_back()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("rules.v4");
        File.WriteAllText(path, "# mine\n");

        SavedRules saved = SavedRules.Write(path, "*filter\nCOMMIT\n");
        Assert.Equal("*filter\nCOMMIT\n", File.ReadAllText(path));
        saved.PutBack();

        Assert.Equal("# mine\n", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void What_cannot_be_written_leaves_the_file_and_nothing_beside_it()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("rules.v4");
        File.WriteAllText(path, "# mine\n");
        Directory.CreateDirectory(path + ".new");

        Assert.Throws<IOException>(() => SavedRules.Write(path, "*filter\nCOMMIT\n"));

        Assert.Equal("# mine\n", File.ReadAllText(path));
        Assert.Throws<FileNotFoundException>(() => SavedRules.Write(directory.File("none"), ""));
    }
}
