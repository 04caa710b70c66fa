using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace NatEngine.EndToEnd.Tests.Differential.Ruled;

/// <summary>What a rule leaves to the gateway to choose: each may choose as it likes, as long as it is one of
/// these.</summary>
/// <param name="Addresses">The addresses.</param>
/// <param name="FirstPort">The first of the ports; 0 if there is no choice of ports.</param>
/// <param name="LastPort">The last of them.</param>
internal sealed record Choice(IReadOnlyList<string> Addresses, int FirstPort = 0, int LastPort = 0)
{
    /// <summary>True if both ends could have been chosen here, for the same packet.</summary>
    public bool Allows(string one, string other)
        => IPEndPoint.TryParse(one, out IPEndPoint? first) && IPEndPoint.TryParse(other, out IPEndPoint? second)
            && Addresses.Contains($"{first.Address}") && Addresses.Contains($"{second.Address}")
            && (FirstPort == 0 ? first.Port == second.Port : IsIn(first.Port) && IsIn(second.Port));

    private bool IsIn(int port) => port >= FirstPort && port <= LastPort;
}
