using System;
using System.Threading.Tasks;
using NatEngine.LoadTest.Clients.Running;

namespace NatEngine.LoadTest.NBomber;

/// <summary>The process that the clients live in, with NBomber putting the load on. What <c>natload clients
/// --nbomber</c> starts; of no use alone.</summary>
internal static class Program
{
    private static Task<int> Main()
        => GeneratorProgram.ServeAsync(new NBomberStepRunner(), Console.In, Console.Out);
}
