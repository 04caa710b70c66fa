using System;

namespace NBomber.Contracts;

/// <summary>What a function of <see cref="CSharp.Simulation"/> made; Kind is the name of the function.</summary>
public sealed record LoadSimulation(string Kind, int Number, TimeSpan Interval, TimeSpan During);
