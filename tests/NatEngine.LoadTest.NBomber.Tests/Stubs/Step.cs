using System;
using System.Threading.Tasks;
using NBomber.Contracts;

namespace NBomber.CSharp;

public static class Step
{
    public static async Task<Response<T>> Run<T>(
        string name, IScenarioContext context, Func<Task<Response<T>>> run)
    {
        Response<T> response = await run();
        ((StubSession)context).Count(name, response);
        return response;
    }
}
