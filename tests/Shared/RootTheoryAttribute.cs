using System;

namespace NatEngine.Tests;

/// <summary>A theory that needs root; see <see cref="RootFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootTheoryAttribute : TheoryAttribute
{
    public RootTheoryAttribute() => Skip = Root.WhyNot;
}
