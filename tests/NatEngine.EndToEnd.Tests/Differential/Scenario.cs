using System;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>A sequence of packets, some of which depend on what came of those before.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Play">Sends the packets.</param>
internal sealed record Scenario(string Name, Action<Conversation> Play);
