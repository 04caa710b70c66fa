using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Clients.Profiles;
using NatEngine.LoadTest.Clients.Scenarios;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>One step of a ladder, with every client set up: what an <see cref="IStepRunner"/> is given.</summary>
public sealed class ClientStep : IDisposable
{
    private ClientStep(StepLoad load, HoldWindow window, IReadOnlyList<Crowd> crowds, string? reportFolder)
    {
        Load = load;
        Window = window;
        Crowds = crowds;
        ReportFolder = reportFolder;
    }

    /// <summary>The load.</summary>
    public StepLoad Load { get; }

    /// <summary>The crowds, in the profile's order; those whose share is no client are left out.</summary>
    public IReadOnlyList<Crowd> Crowds { get; }

    /// <summary>A folder that does not exist yet, for reports of the runner's own; null if they are not
    /// wanted.</summary>
    public string? ReportFolder { get; }

    internal HoldWindow Window { get; }

    /// <summary>Tears every client down.</summary>
    public void Dispose()
    {
        foreach (Crowd crowd in Crowds)
        {
            crowd.Dispose();
        }
    }

    /// <summary>Sets the clients of a step up.</summary>
    internal static ClientStep SetUp(ClientProfile profile, StepLoad load, ClientPlaces places, string? reportFolder)
    {
        HoldWindow window = new(load);
        int[] sizes = Apportionment.Of(load.Clients, [.. profile.Activities.Select(activity => activity.Weight)]);
        List<Crowd> crowds = [];
        int first = 0;
        for (int index = 0; index < sizes.Length; index++)
        {
            if (sizes[index] > 0)
            {
                crowds.Add(SetUp(profile.Activities[index], first, sizes[index], load, places, window));
                first += sizes[index];
            }
        }

        return new ClientStep(load, window, crowds, reportFolder);
    }

    private static Crowd SetUp(
        Activity activity, int first, int size, StepLoad load, ClientPlaces places, HoldWindow window)
    {
        CrowdRecorder recorder = new(size, window);
        CrowdMember[] members =
        [
            .. Enumerable.Range(0, size).Select(number => new CrowdMember(
                activity.Scenario,
                new ClientSeat(
                    number, first + number, places.AddressOf(first + number), places.Servers, recorder, places.Seed),
                window)),
        ];
        return new Crowd(activity.Name, activity.Scenario, members, load.Rate * size / load.Clients, recorder);
    }
}
