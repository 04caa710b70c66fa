namespace NatEngine.LoadTest.Measurements;

/// <summary>A point of a curve.</summary>
/// <param name="X">Where, in the horizontal axis's unit.</param>
/// <param name="Y">The value there, in the vertical axis's unit.</param>
/// <param name="Low">Lower end of the band around the value, null if there is none: of repeats, or of clients.</param>
/// <param name="High">Upper end of the band.</param>
internal readonly record struct CurvePoint(double X, double Y, double? Low = null, double? High = null);
