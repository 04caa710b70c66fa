using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Host.Conntrack;
using NatEngine.Host.Control;
using NatEngine.Host.Guarding;
using NatEngine.Rules;
using NatEngine.Translation;

namespace NatEngine.Host.Policy;

/// <summary>Answers what clients of the control socket ask of the rules.</summary>
/// <param name="rules">The rules; null if the gateway runs without.</param>
internal sealed class RulesControl(GatewayRules? rules)
{
    /// <summary>The words of options.</summary>
    internal const string Counters = "counters";
    internal const string DryRun = "dry-run";
    internal const string KillChanged = "kill-changed";
    internal const string Save = "save";

    /// <summary>Answers one request.</summary>
    /// <param name="request">What stands after the word <c>rules</c>. A command is one word, percent-encoded.</param>
    /// <param name="response">Takes the answer.</param>
    /// <param name="cancellation">Ends it.</param>
    internal async Task<int> AnswerAsync(string[] request, ControlResponse response, CancellationToken cancellation)
    {
        if (rules is null)
        {
            response.WriteError("natengine: the gateway runs without rules: start it with --rules FILE");
            return ExitCode.Failure;
        }

        try
        {
            switch (request)
            {
                case ["show", .. string[] options] when options.All(option => option == Counters):
                    return await ShowAsync(rules, options.Length > 0, response, cancellation).ConfigureAwait(false);
                case ["reload", .. string[] options] when TryRead(options, out RuleChangeOptions change):
                    return await AnswerAsync(
                        await rules.ReloadAsync(change, cancellation).ConfigureAwait(false),
                        change, response, cancellation).ConfigureAwait(false);
                case ["add", string command, .. string[] options] when TryRead(options, out RuleChangeOptions change):
                    return await AnswerAsync(
                        await rules.ApplyAsync(Uri.UnescapeDataString(command), change, cancellation)
                            .ConfigureAwait(false),
                        change, response, cancellation).ConfigureAwait(false);
                default:
                    response.WriteError($"natengine: unknown request 'rules {string.Join(' ', request)}'");
                    return ExitCode.Failure;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or GuardException)
        {
            response.WriteError($"natengine: {error.Message}");
            return ExitCode.Failure;
        }
    }

    private static async Task<int> ShowAsync(
        GatewayRules rules, bool withCounters, ControlResponse response, CancellationToken cancellation)
    {
        RuleSet counted = await rules.CountAsync(cancellation).ConfigureAwait(false);
        string text = RuleText.Of(counted, withCounters).TrimEnd('\n');
        await WriteAsync(text.Split('\n'), response, cancellation).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private static async Task<int> AnswerAsync(
        RuleChange change, RuleChangeOptions options, ControlResponse response, CancellationToken cancellation)
    {
        foreach (Finding finding in change.Findings)
        {
            response.WriteError(finding.ToString());
            await FlushAsync(response, cancellation).ConfigureAwait(false);
        }

        if (!change.IsDone)
        {
            response.WriteError("natengine: the rules cannot be used; those before stay");
            return ExitCode.Failure;
        }

        if (!options.IsDryRun)
        {
            response.WriteError(string.Create(
                CultureInfo.InvariantCulture,
                $"natengine v{EngineBuild.Release}: {change.Difference.Count} rules have been changed, "
                + $"{change.Ended} flow entries have been deleted."));
            return ExitCode.Success;
        }

        await WriteAsync(change.Difference, response, cancellation).ConfigureAwait(false);
        foreach (ReviewGroup group in change.Review)
        {
            await WriteAsync(group, response, cancellation).ConfigureAwait(false);
        }

        response.WriteError(string.Create(
            CultureInfo.InvariantCulture,
            $"natengine v{EngineBuild.Release}: {change.Difference.Count} rules would change, and "
            + $"{change.Review.Sum(group => group.Count)} flow entries would not be opened as they are."));
        return ExitCode.Success;
    }

    private static async Task WriteAsync(
        ReviewGroup group, ControlResponse response, CancellationToken cancellation)
    {
        response.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{group.Title}: {group.Count} flow entries"));
        foreach (SessionSnapshot session in group.Listed)
        {
            response.EndLine(ConntrackText.Write(response.BeginLine(), session, ConntrackColumns.None));
            await FlushAsync(response, cancellation).ConfigureAwait(false);
        }

        if (group.Count > group.Listed.Count)
        {
            response.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"and {group.Count - group.Listed.Count} more"));
        }

        await FlushAsync(response, cancellation).ConfigureAwait(false);
    }

    private static async Task WriteAsync(
        IEnumerable<string> lines, ControlResponse response, CancellationToken cancellation)
    {
        foreach (string line in lines)
        {
            response.WriteLine(line);
            await FlushAsync(response, cancellation).ConfigureAwait(false);
        }
    }

    private static ValueTask FlushAsync(ControlResponse response, CancellationToken cancellation)
        => response.IsFull ? response.FlushAsync(cancellation) : ValueTask.CompletedTask;

    private static bool TryRead(string[] words, out RuleChangeOptions options)
    {
        options = new RuleChangeOptions
        {
            IsDryRun = words.Contains(DryRun),
            KillsChanged = words.Contains(KillChanged),
            Saves = words.Contains(Save),
        };
        return words.All(word => word is DryRun or KillChanged or Save);
    }
}
