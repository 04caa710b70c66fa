using System.Collections.Generic;
using System.Linq;

namespace NatEngine.Lab.Tests;

/// <summary>What <c>ip netns list</c> shows.</summary>
internal static class Namespaces
{
    public static IReadOnlyList<string> List() =>
        [.. IpCommand.Ask("netns", "list").Split('\n').Select(line => line.Split(' ')[0]).Where(name => name != "")];
}
