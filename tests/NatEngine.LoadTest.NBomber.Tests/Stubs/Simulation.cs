using System;
using NBomber.Contracts;

namespace NBomber.CSharp;

public static class Simulation
{
    public static LoadSimulation RampingConstant(int copies, TimeSpan during)
        => new(nameof(RampingConstant), copies, TimeSpan.Zero, during);

    public static LoadSimulation KeepConstant(int copies, TimeSpan during)
        => new(nameof(KeepConstant), copies, TimeSpan.Zero, during);

    public static LoadSimulation RampingInject(int rate, TimeSpan interval, TimeSpan during)
        => new(nameof(RampingInject), rate, interval, during);

    public static LoadSimulation Inject(int rate, TimeSpan interval, TimeSpan during)
        => new(nameof(Inject), rate, interval, during);
}
