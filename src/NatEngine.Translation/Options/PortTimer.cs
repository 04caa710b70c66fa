using System;
using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>A timer of its own for sessions to one port.</summary>
/// <param name="Protocol">TCP or UDP.</param>
/// <param name="Port">The destination port of the session's first packet.</param>
/// <param name="Idle">How long an answered UDP session, or an open TCP connection, lives after its last packet.</param>
public readonly record struct PortTimer(IpProtocol Protocol, ushort Port, TimeSpan Idle);
