using System;
using NatEngine.LoadTest.Clients.Profiles;
using NatEngine.LoadTest.Clients.Running;

namespace NatEngine.LoadTest.Clients.Ladders;

/// <summary>How long every step of a ladder lasts.</summary>
/// <param name="RampUp">Until all clients have joined.</param>
/// <param name="Hold">While it counts.</param>
/// <param name="RampDown">Until all have left.</param>
internal sealed record StepTimes(TimeSpan RampUp, TimeSpan Hold, TimeSpan RampDown)
{
    // RFC 9411 section 4.3.4 asks for five minutes of sustained load. Nine steps of half a minute see the same knee.
    private static readonly TimeSpan FullHold = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FullRamp = TimeSpan.FromSeconds(5);

    /// <summary>Times for a run of minutes: the hold is three quarters of the stream's duration, as long as two seconds
    /// give one and a half, and the ramps a fifth of the hold.</summary>
    public static StepTimes Quick(TimeSpan duration) => new(duration * 0.15, duration * 0.75, duration * 0.15);

    /// <summary>Times for figures to quote.</summary>
    public static StepTimes Full { get; } = new(FullRamp, FullHold, FullRamp);

    /// <summary>These times, but for those that a profile has of its own.</summary>
    public StepTimes With(ClientProfile profile) => new(
        profile.RampUp ?? RampUp, profile.Hold ?? Hold, profile.RampDown ?? RampDown);

    /// <summary>These times in whole seconds, rounded up: NBomber knows no shorter ones.</summary>
    public StepTimes InWholeSeconds() => new(WholeSeconds(RampUp), WholeSeconds(Hold), WholeSeconds(RampDown));

    private static TimeSpan WholeSeconds(TimeSpan time) => TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds));

    /// <summary>A step of these times.</summary>
    public StepLoad Of(int clients, double rate) => new()
    {
        Clients = clients,
        Rate = rate,
        RampUp = RampUp,
        Hold = Hold,
        RampDown = RampDown,
    };
}
