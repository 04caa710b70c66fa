using NatEngine.LoadTest.Clients.Scenarios;

namespace NatEngine.LoadTest.Clients.Profiles;

/// <summary>What some of a profile's clients do.</summary>
/// <param name="Name">How results call it; no other of the profile is called so.</param>
/// <param name="Scenario">What they do.</param>
/// <param name="Weight">How many of them do, against the weights of the profile's other activities.</param>
internal sealed record Activity(string Name, IClientScenario Scenario, double Weight);
