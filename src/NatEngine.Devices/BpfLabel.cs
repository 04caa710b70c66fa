namespace NatEngine.Devices;

/// <summary>A place in a BPF program that jumps can name before it is reached.</summary>
/// <remarks>Made by <see cref="BpfProgramBuilder.NewLabel"/> or <see cref="ExtendedBpfBuilder.NewLabel"/>.</remarks>
public readonly record struct BpfLabel(int Number);
