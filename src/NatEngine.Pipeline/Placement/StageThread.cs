using System;
using System.Threading;

namespace NatEngine.Pipeline.Placement;

/// <summary>A thread of a lane: runs one loop to its end and reports how that came.</summary>
internal sealed class StageThread
{
    private readonly Thread _thread;

    /// <summary>Makes a thread, not yet running.</summary>
    /// <param name="name">Its name; the kernel shows the first fifteen octets.</param>
    /// <param name="loop">What it does.</param>
    /// <param name="started">Called on the thread before the loop.</param>
    /// <param name="ended">Called on the thread after it, with what went wrong, if anything did.</param>
    internal StageThread(string name, Action loop, Action started, Action<Exception?> ended)
    {
        _thread = new Thread(() =>
        {
            Exception? failure = null;
            started();
            try
            {
                loop();
            }
            catch (Exception error)
            {
                failure = error;
            }

            ended(failure);
        })
        {
            Name = name,
            IsBackground = true, // a process that ends does not wait for packets
        };
    }

    internal bool IsAlive => _thread.IsAlive;

    internal void Start() => _thread.Start();

    internal void Join() => _thread.Join();
}
