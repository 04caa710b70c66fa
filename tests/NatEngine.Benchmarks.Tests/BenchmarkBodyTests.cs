using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using BenchmarkDotNet.Attributes;
using NatEngine.Benchmarks.Packets;
using NatEngine.Benchmarks.Pipeline;
using NatEngine.Benchmarks.Rules;

namespace NatEngine.Benchmarks.Tests;

/// <summary>Every benchmark with the first of each of its parameters: it runs, its own check of the result holds, and
/// it allocates nothing. Times are for quieter machines.</summary>
public sealed class BenchmarkBodyTests
{
    private const int WarmUp = 10;
    private const int Measured = 10;

    // Reading rules makes them. The others have threads of their own, whose allocations the pipeline's tests count.
    private static readonly string[] Allocating = [nameof(RuleBenchmarks) + "." + nameof(RuleBenchmarks.Load)];

    private static readonly Type?[] LongRunning = [typeof(LayoutBenchmarks), typeof(LaneBenchmarks)];

    public static IEnumerable<object[]> Benchmarks()
        => typeof(ParserBenchmarks).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<BenchmarkAttribute>() is not null)
            .Select(method => new object[] { method.DeclaringType!.Name + "." + method.Name });

    [Theory]
    [MemberData(nameof(Benchmarks))]
    public void A_benchmark_allocates_nothing_and_finds_its_result_right(string name)
    {
        MethodInfo method = MethodOf(name);
        object subject = Activator.CreateInstance(method.DeclaringType!)!;
        SetParameters(subject);
        Call<GlobalSetupAttribute>(subject);
        Action body = BodyOf(method, subject);
        bool isLong = LongRunning.Contains(method.DeclaringType);
        for (int round = 0; round < (isLong ? 1 : WarmUp); round++)
        {
            Prepare(subject, method);
            body();
        }

        long allocated = 0;
        for (int round = 0; round < (isLong ? 1 : Measured); round++)
        {
            Prepare(subject, method);
            long before = GC.GetAllocatedBytesForCurrentThread();
            body();
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Call<GlobalCleanupAttribute>(subject);
        if (!Allocating.Contains(name))
        {
            Assert.Equal(0, allocated);
        }
    }

    private static MethodInfo MethodOf(string name)
    {
        Type type = typeof(ParserBenchmarks).Assembly.GetTypes().Single(one => one.Name == name.Split('.')[0]);
        return type.GetMethod(name.Split('.')[1])!;
    }

    private static void SetParameters(object subject)
    {
        foreach (PropertyInfo property in subject.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<ParamsAttribute>() is ParamsAttribute given)
            {
                property.SetValue(subject, given.Values[0]);
            }
            else if (property.GetCustomAttribute<ParamsSourceAttribute>() is ParamsSourceAttribute source)
            {
                object? values = subject.GetType().GetProperty(source.Name)!.GetValue(null);
                property.SetValue(subject, ((IEnumerable)values!).Cast<object>().First());
            }
        }
    }

    // Called as a delegate: a result that reflection boxes would count.
    private static Action BodyOf(MethodInfo method, object subject)
    {
        if (method.ReturnType == typeof(void))
        {
            return method.CreateDelegate<Action>(subject);
        }

        if (method.ReturnType == typeof(int))
        {
            Func<int> count = method.CreateDelegate<Func<int>>(subject);
            return () => count();
        }

        if (method.ReturnType == typeof(ushort))
        {
            Func<ushort> sum = method.CreateDelegate<Func<ushort>>(subject);
            return () => sum();
        }

        if (method.ReturnType == typeof(long))
        {
            Func<long> sum = method.CreateDelegate<Func<long>>(subject);
            return () => sum();
        }

        return () => method.Invoke(subject, null);
    }

    private static void Prepare(object subject, MethodInfo benchmark)
    {
        foreach (MethodInfo method in subject.GetType().GetMethods())
        {
            IterationSetupAttribute? setup = method.GetCustomAttribute<IterationSetupAttribute>();
            if (setup is not null && setup.Targets.Contains(benchmark.Name))
            {
                method.Invoke(subject, null);
            }
        }
    }

    private static void Call<TAttribute>(object subject)
        where TAttribute : Attribute
    {
        foreach (MethodInfo method in subject.GetType().GetMethods())
        {
            if (method.GetCustomAttribute<TAttribute>() is not null)
            {
                method.Invoke(subject, null);
            }
        }
    }
}
