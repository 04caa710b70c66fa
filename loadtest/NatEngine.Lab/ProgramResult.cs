namespace NatEngine.Lab;

/// <summary>What a program that ran to its end left behind.</summary>
/// <param name="CommandLine">The program and its arguments, as a person would type them.</param>
/// <param name="ExitCode">Its exit code; 128 plus the signal's number if a signal ended it.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
public sealed record ProgramResult(string CommandLine, int ExitCode, string Output, string Error)
{
    /// <summary>True if the program ended with exit code 0.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>Returns this result if the program succeeded.</summary>
    /// <exception cref="LabException">It did not; the message has the command, the exit code and what it
    /// said.</exception>
    public ProgramResult EnsureSuccess() => Succeeded
        ? this
        : throw new LabException($"{CommandLine}\nended with exit code {ExitCode}.\n{Error}{Output}".TrimEnd());
}
