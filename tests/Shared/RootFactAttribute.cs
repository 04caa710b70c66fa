using System;

namespace NatEngine.Tests;

/// <summary>A test that needs root, to make network namespaces and raw sockets. Skipped, saying so, without it; in CI
/// a skipped test is a failed run (run-tests.sh).</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = Root.WhyNot;
}
