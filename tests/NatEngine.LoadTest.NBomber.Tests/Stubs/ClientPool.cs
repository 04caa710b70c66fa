using System.Collections.Generic;
using NBomber.Contracts;

namespace NBomber;

public sealed class ClientPool<T>
{
    private readonly List<T> _clients = [];

    public void AddClient(T client) => _clients.Add(client);

    public T GetClient(ScenarioInfo scenarioInfo) => _clients[scenarioInfo.InstanceNumber % _clients.Count];
}
