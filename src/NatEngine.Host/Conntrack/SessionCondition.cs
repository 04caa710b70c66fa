using System;
using NatEngine.Translation;

namespace NatEngine.Host.Conntrack;

/// <summary>An option of <c>conntrack -D</c> that says which sessions are meant.</summary>
/// <param name="Name">Its long name, without dashes; <c>Name=value</c> is its word in a request.</param>
/// <param name="Aliases">Its other names, with dashes.</param>
/// <param name="HelpName">What its value is.</param>
/// <param name="Description">What it asks of a session.</param>
/// <param name="Rule">What a value must be.</param>
/// <param name="Read">Tells the sessions that are meant; null for a value against the rule.</param>
internal sealed record SessionCondition(
    string Name,
    string[] Aliases,
    string HelpName,
    string Description,
    string Rule,
    Func<string, Predicate<SessionSnapshot>?> Read);
