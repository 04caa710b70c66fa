using System.Collections.Generic;
using Spectre.Console.Rendering;

namespace NatEngine.LoadTest.Reports;

/// <summary>A line that first clears what the terminal shows from here on: the board, which is written again below it,
/// has longer lines.</summary>
internal sealed class CleanLine(IRenderable line) : IRenderable
{
    // ECMA-48, ED: erase from the cursor to the end of the screen.
    private const string EraseBelow = "\u001b[J";

    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth) => line.Measure(options, maxWidth);

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        if (options.Ansi)
        {
            yield return Segment.Control(EraseBelow);
        }

        foreach (Segment segment in line.Render(options, maxWidth))
        {
            yield return segment;
        }

        yield return Segment.LineBreak;
    }
}
