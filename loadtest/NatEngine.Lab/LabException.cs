using System;

namespace NatEngine.Lab;

/// <summary>The lab could not be built, used or removed as asked; the message says what was tried.</summary>
public sealed class LabException : Exception
{
    /// <summary>Makes an exception with a message for whoever runs the lab.</summary>
    public LabException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and what caused it.</summary>
    public LabException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
