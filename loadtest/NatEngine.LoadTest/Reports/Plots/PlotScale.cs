using System;
using System.Collections.Generic;
using System.Linq;

namespace NatEngine.LoadTest.Reports.Plots;

/// <summary>Places the values of an axis on the drawing.</summary>
internal sealed class PlotScale
{
    private const int WantedTicks = 6;

    private readonly double _low;
    private readonly double _high;
    private readonly double _start;
    private readonly double _end;
    private readonly bool _logarithmic;

    private PlotScale(double low, double high, double start, double end, bool logarithmic, IReadOnlyList<double> ticks)
    {
        _low = low;
        _high = high;
        _start = start;
        _end = end;
        _logarithmic = logarithmic;
        Ticks = ticks;
    }

    /// <summary>Where to write a value at the axis.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Makes a scale that shows all values.</summary>
    /// <param name="values">What is to be shown; values that cannot be on a logarithmic axis are left out.</param>
    /// <param name="logarithmic">Whether equal ratios are equally far apart.</param>
    /// <param name="fromZero">Whether a linear axis begins at zero, or at the lowest value.</param>
    /// <param name="start">Where on the drawing the lowest value is.</param>
    /// <param name="end">Where the highest is.</param>
    public static PlotScale Of(
        IEnumerable<double> values, bool logarithmic, bool fromZero, double start, double end)
    {
        double[] shown = [.. values.Where(value => double.IsFinite(value) && (!logarithmic || value > 0))];
        double low = shown.Length == 0 ? 1 : shown.Min();
        double high = shown.Length == 0 ? 10 : shown.Max();
        return logarithmic
            ? Logarithmic(low, high, start, end)
            : Linear(fromZero ? Math.Min(0, low) : low, high, start, end);
    }

    /// <summary>Whether a value has a place.</summary>
    public bool Shows(double value) => double.IsFinite(value) && (!_logarithmic || value > 0);

    /// <summary>The place of a value.</summary>
    public double Place(double value)
    {
        double part = _logarithmic
            ? Math.Log(value / _low) / Math.Log(_high / _low)
            : (value - _low) / (_high - _low);
        return _start + (part * (_end - _start));
    }

    private static PlotScale Linear(double low, double high, double start, double end)
    {
        high = high > low ? high : low + 1;
        double step = NiceStep((high - low) / WantedTicks);
        double top = Math.Ceiling((high / step) - 1e-9) * step;
        int first = (int)Math.Ceiling((low / step) - 1e-9);
        int last = (int)Math.Round(top / step);
        double[] ticks = [.. Enumerable.Range(first, last - first + 1).Select(index => index * step)];
        return new PlotScale(low, top, start, end, logarithmic: false, ticks);
    }

    private static PlotScale Logarithmic(double low, double high, double start, double end)
    {
        if (high <= low)
        {
            (low, high) = (low / 2, high * 2);
        }

        int first = (int)Math.Floor(Math.Log10(low));
        int last = (int)Math.Ceiling(Math.Log10(high));
        double[] steps = last - first <= 3 ? [1, 2, 5] : [1];
        double[] ticks =
        [
            .. Enumerable.Range(first, last - first + 1)
                .SelectMany(power => steps.Select(step => step * Math.Pow(10, power)))
                .Where(tick => tick >= low * 0.999 && tick <= high * 1.001),
        ];
        return new PlotScale(low, high, start, end, logarithmic: true, ticks);
    }

    // 1, 2 or 5 times a power of ten.
    private static double NiceStep(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double ratio = rough / power;
        return power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10);
    }
}
