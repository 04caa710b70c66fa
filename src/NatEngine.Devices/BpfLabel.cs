namespace NatEngine.Devices;

/// <summary>A place in a classic BPF program that jumps can name before it is reached.</summary>
/// <remarks>Made by <see cref="BpfProgramBuilder.NewLabel"/>.</remarks>
internal readonly record struct BpfLabel(int Number);
