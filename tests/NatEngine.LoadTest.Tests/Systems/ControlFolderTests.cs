using System.IO;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Tests.Systems;

public sealed class ControlFolderTests
{
    // Above the kernel's highest process id (PID_MAX_LIMIT, 2 to the 22nd).
    private const int NoProcess = 99_999_999;

    [Fact]
    public void A_folder_goes_with_its_owner()
    {
        ControlFolder folder = new();
        string path = Path.GetDirectoryName(folder.SocketPath)!;
        File.WriteAllText(folder.SocketPath, "");

        folder.Dispose();

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void Only_what_dead_processes_left_is_removed()
    {
        using ControlFolder ours = new();
        string stale = Directory.CreateTempSubdirectory($"natload-{NoProcess}-").FullName;
        string foreign = Directory.CreateTempSubdirectory("natload-tests-").FullName;

        ControlFolder.RemoveStale();

        Assert.False(Directory.Exists(stale));
        Assert.True(Directory.Exists(foreign));
        Assert.True(Directory.Exists(Path.GetDirectoryName(ours.SocketPath)));
        Directory.Delete(foreign);
    }
}
