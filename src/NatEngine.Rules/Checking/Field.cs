namespace NatEngine.Rules.Checking;

/// <summary>The fields of a packet that conditions of several matches are about, and that can be compared as sets of
/// numbers.</summary>
internal enum Field
{
    Source,
    Destination,
    Protocol,
    SourcePort,
    DestinationPort,
    State,
    Length,
    TimeToLive,
}
