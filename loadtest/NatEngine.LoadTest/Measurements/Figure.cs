namespace NatEngine.LoadTest.Measurements;

/// <summary>One number that a measurement yields for every system: a row of the report.</summary>
/// <param name="Name">How the results call it, such as "udp-200-pps". Never renamed: results compare by it.</param>
/// <param name="Title">How the report calls it.</param>
/// <param name="Unit">The unit of the values, spelled out.</param>
/// <param name="Better">Which way it improves.</param>
/// <param name="Scale">What values are divided by for people to read.</param>
/// <param name="ScaledUnit">The unit after that division.</param>
internal sealed record Figure(
    string Name,
    string Title,
    string Unit,
    Better Better,
    double Scale,
    string ScaledUnit);
