using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Host.Control;
using NatEngine.Packets;
using NatEngine.Pipeline;
using NatEngine.Translation;
using NatEngine.Translation.Explaining;

namespace NatEngine.Host.Explaining;

/// <summary>Answers what would become of a packet, and what has become of those that were dropped.</summary>
/// <param name="lanes">The gateway.</param>
/// <param name="names">What its operator calls its parts.</param>
internal sealed class ExplainControl(GatewayLanes lanes, GatewayNames names)
{
    private readonly ExplanationText _text = new(names);
    private readonly ExplanationJson _json = new(names);

    /// <summary>Answers one request.</summary>
    /// <param name="request">What stands after the word <c>explain</c>: <c>packet</c>, the protocol's number, both
    /// ends, the format and perhaps an interface; or <c>drops</c>, a reason, <c>all</c> or <c>newest</c>, and the
    /// format.</param>
    /// <param name="response">Takes the answer.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The exit code.</returns>
    internal async Task<int> AnswerAsync(string[] request, ControlResponse response, CancellationToken cancellation)
    {
        switch (request)
        {
            case ["packet", string protocol, string source, string destination, string format, .. string[] ingress]
                when byte.TryParse(protocol, NumberStyles.None, CultureInfo.InvariantCulture, out byte number)
                    && TransportAddress.TryParse(source, out TransportAddress from)
                    && TransportAddress.TryParse(destination, out TransportAddress to) && ingress.Length <= 1:
                return await ExplainAsync(
                    new FlowTuple(from, to, (IpProtocol)number), ingress.FirstOrDefault(), format, response,
                    cancellation).ConfigureAwait(false);
            case ["drops", string word, string which, string format]
                when ReasonWords.TryRead(word, out DropReason reason):
                return await ListAsync(reason, which == "all", format, response, cancellation).ConfigureAwait(false);
            default:
                response.WriteError($"natengine: unknown request 'explain {string.Join(' ', request)}'");
                return ExitCode.Failure;
        }
    }

    private async Task<int> ExplainAsync(
        FlowTuple tuple, string? interfaceName, string format, ControlResponse response,
        CancellationToken cancellation)
    {
        Realm? ingress = interfaceName is null ? null : names.RealmOf(interfaceName);
        if (interfaceName is not null && ingress is null)
        {
            response.WriteError(
                $"natengine: --in '{interfaceName}': must be {names.Internal} or {names.External}, "
                + "the interfaces of the gateway");
            return ExitCode.BadInput;
        }

        PacketExplanation explanation = await lanes.ExplainAsync(tuple, ingress)
            .WaitAsync(cancellation).ConfigureAwait(false);
        await WriteAsync(
            format == "json" ? _json.Of(explanation) : _text.Of(explanation), response, cancellation)
            .ConfigureAwait(false);
        return ExitCode.Success;
    }

    private async Task<int> ListAsync(
        DropReason reason, bool all, string format, ControlResponse response, CancellationToken cancellation)
    {
        IReadOnlyList<DroppedPacket> dropped = await lanes.ReadDropsAsync(reason)
            .WaitAsync(cancellation).ConfigureAwait(false);
        if (dropped.Count == 0)
        {
            response.WriteError($"natengine: {reason}: no packet has been dropped for it");
            return ExitCode.Failure;
        }

        long count = lanes.ReadCounters().Drops[reason];
        List<(DroppedPacket Packet, PacketExplanation? Now)> explained = [];
        foreach (DroppedPacket packet in dropped)
        {
            bool isAsked = packet.Ingress is not null && (all || explained.Count == 0);
            explained.Add((packet, isAsked
                ? await lanes.ExplainAsync(packet).WaitAsync(cancellation).ConfigureAwait(false)
                : null));
        }

        await WriteAsync(
            format == "json" ? _json.Of(reason, explained, count) : TextOf(reason, explained, count), response,
            cancellation).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private IEnumerable<string> TextOf(
        DropReason reason, List<(DroppedPacket Packet, PacketExplanation? Now)> explained, long count)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{reason}: {DropReasonText.Of(reason)}. {count} packets; the last {explained.Count}:");
        foreach ((DroppedPacket packet, _) in explained)
        {
            string from = packet.Ingress is Realm ingress ? $"from {names.Of(ingress)}" : "of the gateway's own";
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{PacketText.Ago(packet.Age),14}  {from}, {packet.FrameLength} octets  {PacketText.Of(packet.Facts)}");
        }

        foreach ((DroppedPacket packet, PacketExplanation? now) in explained.Where(one => one.Now is not null))
        {
            yield return "";
            yield return $"That of {PacketText.Ago(packet.Age)}, if it came now:";
            foreach (string line in _text.Of(now!))
            {
                yield return line;
            }
        }
    }

    private static async Task WriteAsync(
        IEnumerable<string> lines, ControlResponse response, CancellationToken cancellation)
    {
        foreach (string line in lines)
        {
            response.WriteLine(line);
            if (response.IsFull)
            {
                await response.FlushAsync(cancellation).ConfigureAwait(false);
            }
        }
    }
}
