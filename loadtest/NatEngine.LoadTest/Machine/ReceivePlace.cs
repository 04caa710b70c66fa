namespace NatEngine.LoadTest.Machine;

/// <summary>On which processor the kernel hands arriving frames to a system in user space. The kernel's own systems do
/// everything on the system's processor, always.</summary>
internal enum ReceivePlace
{
    /// <summary>Where the frame was sent: the sender's processor fills the system's ring, as one that takes a network
    /// card's interrupts for a program on another would.</summary>
    Sender,

    /// <summary>On the system's own processor, which does everything: one processor against one.</summary>
    System,

    /// <summary>There too, but in a thread of the kernel's (threaded NAPI), which has to share with the program.
    /// </summary>
    Thread,
}
