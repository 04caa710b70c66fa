using System;
using System.Collections.Generic;

namespace NatEngine.Rules.Reading;

/// <summary>A match or a target: what it is called, its options, and how it is made of them.</summary>
/// <typeparam name="T">What is made.</typeparam>
/// <param name="Name">The word after <c>-m</c> or <c>-j</c>.</param>
/// <param name="Options">The options.</param>
/// <param name="Build">Makes it of the options that were used. What is made is thrown away if it reports an error.
/// </param>
internal sealed record ModuleGrammar<T>(
    string Name, IReadOnlyList<OptionGrammar> Options, Func<ModuleUse, T?> Build)
    where T : class;
