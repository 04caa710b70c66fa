using System.Collections.Generic;

namespace NatEngine.LoadTest.Clients.Servers;

/// <summary>Who came to the servers.</summary>
/// <param name="Requests">Requests and datagrams, all together.</param>
/// <param name="Addresses">The addresses they came from, ascending.</param>
internal sealed record ServerVisits(long Requests, IReadOnlyList<string> Addresses);
