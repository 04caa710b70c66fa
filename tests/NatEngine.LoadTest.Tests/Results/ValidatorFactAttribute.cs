namespace NatEngine.LoadTest.Tests.Results;

/// <summary>A test that validates JSON; skipped, saying so, where nothing can.</summary>
internal sealed class ValidatorFactAttribute : FactAttribute
{
    public ValidatorFactAttribute() => Skip = ResultSchema.Missing;
}
