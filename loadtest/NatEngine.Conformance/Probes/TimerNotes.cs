using System;
using System.Globalization;

namespace NatEngine.Conformance.Probes;

/// <summary>What is claimed of a timer, and how it was tried.</summary>
internal static class TimerNotes
{
    /// <summary>Claimed if the timer is no shorter than the RFC wants it.</summary>
    /// <param name="configured">As it is.</param>
    /// <param name="floor">What the RFC wants, in seconds.</param>
    /// <param name="key">The setting.</param>
    /// <param name="tried">What it was tried with, in seconds.</param>
    public static Claim Claim(TimeSpan configured, int floor, string key, int tried)
        => Probes.Claim.When(
            configured.TotalSeconds >= floor, $"{key} is {Seconds(configured)}", Of(tried, configured));

    /// <summary>How it was tried.</summary>
    public static string Of(int tried, TimeSpan? configured = null)
        => configured is { } value
            ? string.Create(CultureInfo.InvariantCulture, $"tried with {tried} s for {Seconds(value)}")
            : string.Create(CultureInfo.InvariantCulture, $"tried with {tried} s");

    private static string Seconds(TimeSpan time)
        => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalSeconds} s");
}
