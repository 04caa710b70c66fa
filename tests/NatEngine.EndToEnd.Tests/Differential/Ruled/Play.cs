using System;
using System.Collections.Generic;
using System.Linq;

namespace NatEngine.EndToEnd.Tests.Differential.Ruled;

/// <summary>Packets of all kinds through both gateways, and what they disagree about.</summary>
internal sealed class Play(OurGateway ours, KernelGateway theirs, RuleCase rules, Random random, Func<int> freshPort)
{
    private static readonly string[] Insiders = ["100.64.0.10", "100.64.0.11", "100.64.16.5", "100.64.32.7"];
    private static readonly string[] Remotes = ["198.51.100.1", "198.51.100.2", "198.51.100.9", "198.18.5.5"];
    private static readonly byte[] Protocols = [Packets.TcpProtocol, Packets.UdpProtocol, Packets.IcmpProtocol];

    private readonly List<Course> _courses = [];
    private readonly List<string> _lines = [];

    /// <summary>How many packets at least one gateway has let pass.</summary>
    public int Passed { get; private set; }

    /// <summary>How many were rejected.</summary>
    public int Rejected { get; private set; }

    /// <summary>True if the gateways have chosen different servers, and a rule lets one of the two be reached and not
    /// the other: nothing follows from what comes after.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Sends packets until the gateways disagree.</summary>
    /// <returns>The disagreement and what led to it; null if there is none.</returns>
    public string? Run(int packets)
    {
        for (int packet = 0; packet < packets && !IsOver; packet++)
        {
            bool agree = _courses.Count == 0 || random.Next(5) < 2 ? Open() : Continue();
            if (!agree)
            {
                return string.Join('\n', _lines);
            }
        }

        return null;
    }

    private bool Open()
    {
        byte protocol = Protocols[random.Next(Protocols.Length)];
        (string from, string to) = random.Next(8) switch
        {
            0 or 1 => (Pick(Remotes), Pick([.. RuleWriter.ExternalAddresses])),
            2 => (Pick(Remotes), Pick(Insiders)),
            3 => (Pick(Insiders), Pick([.. RuleWriter.ExternalAddresses])),
            _ => (Pick(Insiders), Pick(Remotes)),
        };
        int own = freshPort();
        int service = protocol == Packets.IcmpProtocol
            ? own
            : RuleWriter.Services[random.Next(RuleWriter.Services.Count)];
        Place place = PlaceOf(from);
        (string source, string destination) = ($"{from}:{own}", $"{to}:{service}");
        TcpControl control = random.Next(12) == 0 ? TcpControl.Ack : TcpControl.Syn;
        Parcel parcel = Talk.Of(place, protocol, source, destination, control, TimeToLive(), isAnswer: false);
        string what = $"{place} opens {Name(protocol, control)} {source} -> {destination}";
        (Fate our, Fate their) = Send(what, parcel, parcel);
        if (our.Kind != FateKind.Forwarded || their.Kind != FateKind.Forwarded)
        {
            IsOver = our != their && rules.SpreadsDestinations;
            return our == their || IsOver;
        }

        _courses.Add(new Course(
            new Talk(protocol, place, source, destination, our),
            new Talk(protocol, place, source, destination, their)));
        return IsSame(our.Source, their.Source)
            && (protocol == Packets.IcmpProtocol
                ? IsSame(Portless(our.Destination), Portless(their.Destination))
                : IsSame(our.Destination, their.Destination));
    }

    private bool Continue()
    {
        Course course = _courses[random.Next(_courses.Count)];
        byte timeToLive = TimeToLive();
        string router = random.Next(2) == 0 && course.Ours.Seen.At == Place.Remote ? "198.18.0.1" : string.Empty;
        int kind = random.Next(10);
        if (kind >= 8)
        {
            (Fate our, Fate their) = kind == 8
                ? Send("  error back", course.Ours.ErrorBack(router), course.Theirs.ErrorBack(router))
                : Send("  error forth", course.Ours.ErrorForth(), course.Theirs.ErrorForth());
            return kind == 8 || our.Kind != FateKind.Forwarded || their.Kind != FateKind.Forwarded
                ? our == their
                : IsSame($"{our.Destination}:1", $"{their.Destination}:1");
        }

        if (kind >= 4 || (rules.CountsSessions && !course.IsAnswered))
        {
            TcpControl control = course.NextBack();
            (Fate our, Fate their) = Send(
                $"  {Name(course.Ours.Protocol, control)} back",
                course.Ours.Back(control, timeToLive), course.Theirs.Back(control, timeToLive));
            return our == their;
        }

        TcpControl next = course.NextForth();
        (Fate ourNext, Fate theirNext) = Send(
            $"  {Name(course.Ours.Protocol, next)} forth",
            course.Ours.Forth(next, timeToLive), course.Theirs.Forth(next, timeToLive));

        // Whatever was chosen stays chosen.
        return ourNext.Kind == theirNext.Kind
            && ourNext.Answer == theirNext.Answer
            && (ourNext.Kind != FateKind.Forwarded
                || (ourNext == course.Ours.Seen && theirNext == course.Theirs.Seen));
    }

    private (Fate Ours, Fate Theirs) Send(string what, Parcel our, Parcel their)
    {
        Fate ourFate = ours.Send(our);
        Fate theirFate = theirs.Send(their);
        Passed += ourFate.Kind == FateKind.Forwarded ? 1 : 0;
        Rejected += ourFate.Kind == FateKind.Rejected ? 1 : 0;
        _lines.Add($"{what}: we {ourFate}{(ourFate == theirFate ? string.Empty : $"; kernel {theirFate}")}");
        return (ourFate, theirFate);
    }

    private bool IsSame(string our, string their)
        => our == their || rules.Choices.Any(choice => choice.Allows(our, their));

    // What a query is sent to has no port of its own.
    private static string Portless(string end) => $"{end[..end.IndexOf(':', StringComparison.Ordinal)]}:1";

    private byte TimeToLive() => (byte)(random.Next(4) == 0 ? random.Next(61, 66) : 64);

    private static Place PlaceOf(string address)
        => address.StartsWith("100.64.", StringComparison.Ordinal)
            ? address is "100.64.0.10" or "100.64.16.5" ? Place.Client : Place.Neighbour
            : Place.Remote;

    private static string Name(byte protocol, TcpControl control) => protocol switch
    {
        Packets.TcpProtocol => $"tcp [{control}]",
        Packets.UdpProtocol => "udp",
        _ => "echo",
    };

    private string Pick(string[] words) => words[random.Next(words.Length)];
}
