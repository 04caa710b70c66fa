using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Host.Conntrack;
using NatEngine.Host.Control;
using NatEngine.Host.Explaining;
using NatEngine.Host.Policy;
using NatEngine.Packets;
using NatEngine.Pipeline;
using NatEngine.Translation;

namespace NatEngine.Host.Hosting;

/// <summary>Answers what clients of the control socket ask of the gateway.</summary>
internal sealed class GatewayControl(
    GatewayLanes lanes, StatisticsReader statistics, RulesControl rules, PortOwnersText owners, ExplainControl explain)
{
    /// <summary>Answers one request; a <see cref="ControlHandler"/>.</summary>
    internal async Task<int> AnswerAsync(string[] request, ControlResponse response, CancellationToken cancellation)
    {
        switch (request)
        {
            case ["sessions", "list", string format] when TryReadColumns(format, out ConntrackColumns columns):
                long shown = await ShowAsync(
                    lanes.ListSessionsAsync(cancellation), columns, response, cancellation).ConfigureAwait(false);
                response.WriteError(Trailer(shown, "shown"));
                return ExitCode.Success;
            case ["sessions", "count"]:
                int[] counts = await lanes.AskAsync((translator, _) => translator.SessionCount)
                    .WaitAsync(cancellation).ConfigureAwait(false);
                response.WriteLine(counts.Sum().ToString(CultureInfo.InvariantCulture));
                return ExitCode.Success;
            case ["sessions", "delete", .. string[] conditions]
                when SessionConditions.TryRead(conditions, out Predicate<SessionSnapshot> match):
                long deleted = await ShowAsync(
                    lanes.DeleteSessionsAsync(match, cancellation), ConntrackColumns.None, response, cancellation)
                    .ConfigureAwait(false);
                response.WriteError(Trailer(deleted, "deleted"));
                return deleted > 0 ? ExitCode.Success : ExitCode.Failure;
            case ["sessions", "flush"]:
                int ended = await lanes.FlushSessionsAsync(cancellation).ConfigureAwait(false);
                response.WriteError(Trailer(ended, "deleted"));
                return ExitCode.Success;
            case ["ports", "who", string external, .. string[] protocol]
                when protocol.Length <= 1 && TransportAddress.TryParse(external, out TransportAddress asked):
                return await owners.AnswerAsync(
                    asked, protocol.Length == 0 ? null : protocol[0], response, cancellation).ConfigureAwait(false);
            case ["stats", "text"]:
                StatisticsText.Write(
                    await statistics.ReadAsync(cancellation).ConfigureAwait(false), response.WriteLine);
                return ExitCode.Success;
            case ["stats", "json"]:
                StatisticsJson.Write(
                    await statistics.ReadAsync(cancellation).ConfigureAwait(false), response.WriteLine);
                return ExitCode.Success;
            case ["rules", .. string[] words]:
                return await rules.AnswerAsync(words, response, cancellation).ConfigureAwait(false);
            case ["explain", .. string[] words]:
                return await explain.AnswerAsync(words, response, cancellation).ConfigureAwait(false);
            default:
                response.WriteError($"natengine: unknown request '{string.Join(' ', request)}'");
                return ExitCode.Failure;
        }
    }

    private static async Task<long> ShowAsync(
        IAsyncEnumerable<SessionSnapshot> sessions,
        ConntrackColumns columns,
        ControlResponse response,
        CancellationToken cancellation)
    {
        long shown = 0;
        await foreach (SessionSnapshot session in sessions.WithCancellation(cancellation).ConfigureAwait(false))
        {
            response.EndLine(ConntrackText.Write(response.BeginLine(), session, columns));
            shown++;
            if (response.IsFull)
            {
                await response.FlushAsync(cancellation).ConfigureAwait(false);
            }
        }

        return shown;
    }

    // conntrack's words, which scripts look for.
    private static string Trailer(long count, string done) => string.Create(
        CultureInfo.InvariantCulture, $"natengine v{EngineBuild.Release}: {count} flow entries have been {done}.");

    private static bool TryReadColumns(string format, out ConntrackColumns columns)
    {
        columns = format switch
        {
            "extended" => ConntrackColumns.NetworkProtocol,
            "id" => ConntrackColumns.Id,
            _ => ConntrackColumns.None,
        };
        return format is "default" or "extended" or "id";
    }
}
