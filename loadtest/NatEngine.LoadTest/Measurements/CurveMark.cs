namespace NatEngine.LoadTest.Measurements;

/// <summary>A place on a curve's horizontal axis that a reader is to notice: the knee, the 64,512th session.</summary>
/// <param name="X">Where, in the axis's unit.</param>
/// <param name="Label">What is there, in a word or two.</param>
internal sealed record CurveMark(double X, string Label);
