namespace NatEngine.LoadTest.Clients.Running;

/// <summary>What the generator's process answers to a <see cref="StepOrder"/>: one line of JSON.</summary>
/// <param name="Number">The order's number.</param>
/// <param name="Result">What became of the step; null if it could not be run.</param>
/// <param name="Error">Why it could not be run.</param>
internal sealed record StepAnswer(int Number, StepResult? Result, string? Error)
{
    /// <summary>What a line with the answer to an order begins with. The runner may write lines of its own between.
    /// </summary>
    public static string LinePrefix(int number) => $"natload-step-{number} ";
}
