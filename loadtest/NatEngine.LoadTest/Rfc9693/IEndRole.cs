using System;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>What makes one end of the tester the initiator or the responder.</summary>
/// <remarks>Used by the end's thread alone. Nothing here allocates.</remarks>
internal interface IEndRole
{
    /// <summary>Which end this is.</summary>
    bool IsInitiator { get; }

    /// <summary>Says where a frame of a connection comes from and goes to.</summary>
    Addressing AddressingOf(int flow);

    /// <summary>Says where a <see cref="FrameKind.Stranger"/> comes from and goes to.</summary>
    /// <param name="number">Its <see cref="StrangerNumber"/>.</param>
    Addressing AddressingOfStranger(int number);

    /// <summary>Notes the stations of a frame that arrived.</summary>
    void Learn(in EthernetHeader header);

    /// <summary>Judges whether a frame came from where it should and went to where it should.</summary>
    bool IsRight(in PacketFacts facts, in FrameTag tag);

    /// <summary>Answers a TCP segment that belongs to a handshake.</summary>
    /// <param name="facts">The segment.</param>
    /// <param name="flow">Its connection.</param>
    /// <param name="answer">A frame to write the answer to.</param>
    /// <returns>False if there is nothing to answer.</returns>
    bool TryAnswer(in PacketFacts facts, int flow, Span<byte> answer);
}
