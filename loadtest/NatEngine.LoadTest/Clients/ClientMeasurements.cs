using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Clients.Ladders;
using NatEngine.LoadTest.Clients.Profiles;
using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Clients;

/// <summary>What this folder measures: clients of each profile that comes with natload.</summary>
internal static class ClientMeasurements
{
    /// <summary>One for each profile.</summary>
    public static IReadOnlyList<MeasurementKind> Kinds { get; } =
    [
        .. ProfileCatalog.Names.Select(name => new MeasurementKind(
            ClientsMeasurement.NameFor(name),
            $"1 to {LadderPlan.QuickLadder[^1]} clients of profile {name}",
            options => new ClientsMeasurement(PlanOf(ProfileCatalog.Find(name), options)))),
    ];

    private static LadderPlan PlanOf(ClientProfile profile, MeasurementOptions options) => new()
    {
        Profile = profile,
        Steps = LadderPlan.OfClients(
            options.Full ? LadderPlan.FullLadder : LadderPlan.QuickLadder,
            options.Full ? StepTimes.Full : StepTimes.Quick(options.Duration)),
    };
}
