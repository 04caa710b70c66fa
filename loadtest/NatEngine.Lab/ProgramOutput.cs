using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;

namespace NatEngine.Lab;

/// <summary>What a program writes to one of its streams, kept as it comes.</summary>
internal sealed class ProgramOutput
{
    private readonly StringBuilder _text = new();
    private readonly Thread _reader;
    private bool _ended;

    public ProgramOutput(StreamReader stream)
    {
        // A thread, not a pool task: tests start dozens of programs, and a busy pool must not delay what they say.
        _reader = new Thread(() => Read(stream)) { IsBackground = true, Name = "lab program output" };
        _reader.Start();
    }

    /// <summary>Everything written so far.</summary>
    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }

    /// <summary>Waits for the program, and whoever inherited the stream from it, to close the stream.</summary>
    public bool WaitForEnd(TimeSpan timeout) => _reader.Join(timeout);

    /// <summary>Waits for a whole line that matches, among those already written too.</summary>
    /// <returns>The first such line; null if the stream ended or the time passed without one.</returns>
    public string? WaitForLine(Func<string, bool> matches, TimeSpan timeout)
    {
        Stopwatch watch = Stopwatch.StartNew();
        int seen = 0;
        lock (_text)
        {
            while (true)
            {
                string text = _text.ToString(seen, _text.Length - seen);
                for (int end = text.IndexOf('\n', StringComparison.Ordinal); end >= 0;)
                {
                    string line = text[..end];
                    if (matches(line))
                    {
                        return line;
                    }

                    seen += end + 1;
                    text = text[(end + 1)..];
                    end = text.IndexOf('\n', StringComparison.Ordinal);
                }

                TimeSpan left = timeout - watch.Elapsed;
                if (_ended || left <= TimeSpan.Zero)
                {
                    return null;
                }

                Monitor.Wait(_text, left);
            }
        }
    }

    private void Read(StreamReader stream)
    {
        char[] buffer = new char[4096];
        try
        {
            for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                lock (_text)
                {
                    _text.Append(buffer, 0, read);
                    Monitor.PulseAll(_text);
                }
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The program was disposed of while it still wrote: what it wrote until then is kept.
        }

        lock (_text)
        {
            _ended = true;
            Monitor.PulseAll(_text);
        }
    }
}
