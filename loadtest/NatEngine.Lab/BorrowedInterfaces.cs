using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace NatEngine.Lab;

/// <summary>Remembers which of the machine's own interfaces a lab has been lent, so that they come back under their
/// names whatever becomes of the lab's process: a file beside the lab's <see cref="OwnerRecord"/>, written before an
/// interface is moved.</summary>
internal static class BorrowedInterfaces
{
    private const string Home = "/proc/self/ns/net";

    /// <summary>Moves an interface of this process's namespace to a host of a lab.</summary>
    /// <exception cref="LabException">There is no such interface, or the kernel would not.</exception>
    public static void Lend(string labId, string interfaceName, LabHost host, string nameThere)
    {
        bool up = IpCommand.Ask("-oneline", "link", "show", "dev", interfaceName).Contains(
            "state UP", StringComparison.Ordinal);
        string record = string.Join(
            ' ', host.Namespace, nameThere, interfaceName, up ? "up" : "down", IdentityOf(Home));
        File.AppendAllText(PathOf(labId), record + "\n");
        IpCommand.Run(null, $"link set {interfaceName} netns {host.Namespace}");
        host.Configure($"link set {interfaceName} name {nameThere}");
    }

    /// <summary>Moves back whatever a lab has been lent. What is back already is no error.</summary>
    public static void GiveBack(string labId)
    {
        string path = PathOf(labId);
        foreach (string[] record in TryRead(path).Select(line => line.Split(' ')).Where(r => r.Length == 5))
        {
            (string space, string there, string name, string state, string home) =
                (record[0], record[1], record[2], record[3], record[4]);
            if (PlaceOf(home) is not { } place)
            {
                // Nobody there to give it to. The kernel gives a real interface to the machine when its namespace goes.
                continue;
            }

            // The name first, in case it was still being changed; each as far as it goes.
            string[] commands =
            [
                $"-netns {space} link set {there} down",
                $"-netns {space} link set {there} name {name}",
                $"-netns {space} link set {name} netns {place}",
            ];
            foreach (string command in commands)
            {
                IpCommand.TryRun(command.Split(' '));
            }

            if (state == "up" && place == Here)
            {
                IpCommand.TryRun("link", "set", name, "up");
            }
        }

        File.Delete(path);
    }

    private static string[] TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (FileNotFoundException)
        {
            return []; // Another cleaner was faster.
        }
    }

    private static string Here => Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    // How ip calls the namespace that the interface came from: by a process in it, which may be this one or the
    // machine's first, or by its name.
    private static string? PlaceOf(string identity)
        => IdentityOf(Home) == identity ? Here
            : IdentityOf("/proc/1/ns/net") == identity ? "1"
            : NamespaceRemoval.WithPrefix(string.Empty)
                .FirstOrDefault(name => NamespaceRemoval.Identity(name) == identity);

    private static string IdentityOf(string path) => new FileInfo(path).LinkTarget ?? "unknown";

    private static string PathOf(string labId) => OwnerRecord.PathBeside(labId, "borrowed");
}
