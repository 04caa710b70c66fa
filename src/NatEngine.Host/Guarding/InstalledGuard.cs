namespace NatEngine.Host.Guarding;

/// <summary>A guard that is in the kernel.</summary>
/// <param name="Guard">The kind that it is of, which can show and remove it.</param>
/// <param name="Place">Where it is: of a program the interface, of a table the table's name.</param>
/// <param name="Title">What the operator calls it.</param>
internal sealed record InstalledGuard(IGuard Guard, string Place, string Title);
