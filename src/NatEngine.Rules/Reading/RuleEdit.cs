using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Rules.Targets;

namespace NatEngine.Rules.Reading;

/// <summary>Does to a table what a command says, as iptables does, or reports why it cannot be done.</summary>
internal sealed class RuleEdit(TableUnderConstruction table, FindingLog log)
{
    internal void Apply(RuleCommand command)
    {
        if (command.Kind == CommandKind.NewChain)
        {
            NewChain(command.Chain!.Value);
            return;
        }

        if (command.Chain is not { } word)
        {
            ApplyToAll(command);
            return;
        }

        if (table.Find(word.Text) is not { } chain)
        {
            log.Error(word, $"there is no such chain in table {table.Name}");
            return;
        }

        ApplyTo(chain, word, command);
    }

    private void ApplyToAll(RuleCommand command)
    {
        switch (command.Kind)
        {
            case CommandKind.Flush:
                foreach (ChainUnderConstruction chain in table.Chains)
                {
                    chain.Rules.Clear();
                }

                break;
            case CommandKind.Zero:
                foreach (ChainUnderConstruction chain in table.Chains)
                {
                    Zero(chain);
                }

                break;
            default:
                foreach (ChainUnderConstruction chain in table.Chains.Where(chain => !chain.IsBuiltIn).ToArray())
                {
                    Delete(chain, command.Word);
                }

                break;
        }
    }

    private void ApplyTo(ChainUnderConstruction chain, Word word, RuleCommand command)
    {
        switch (command.Kind)
        {
            case CommandKind.Append:
                chain.Rules.AddRange(command.Rules);
                break;
            case CommandKind.Insert:
                Insert(chain, command);
                break;
            case CommandKind.Delete:
                DeleteRule(chain, command);
                break;
            case CommandKind.Replace:
                Replace(chain, command);
                break;
            case CommandKind.Policy:
                SetPolicy(chain, word, command.Second);
                break;
            case CommandKind.RenameChain:
                Rename(chain, word, command.Second);
                break;
            case CommandKind.Flush:
                chain.Rules.Clear();
                break;
            case CommandKind.DeleteChain:
                Delete(chain, word);
                break;
            default:
                ZeroOne(chain, command);
                break;
        }
    }

    private void NewChain(Word name)
    {
        if (IsFree(name))
        {
            table.Add(RuleChain.OfUser(name.Text) with { Declaration = name });
        }
    }

    private bool IsFree(Word name)
    {
        string? fault =
            table.Find(name.Text) is not null ? "there is a chain of that name already"
            : RuleAssembly.IsTarget(name.Text) ? "is the name of a target, and cannot be a chain's"
            : name.Text.Length is 0 or > ChainName.MaxLength ? $"is not a name of 1 to {ChainName.MaxLength} characters"
            : name.Text[0] is '-' or '!' ? "the name of a chain does not begin with '-' or '!'"
            : name.Text.AsSpan().ContainsAny(" \t\"'\\") ? "the name of a chain has neither blanks nor quotes"
            : null;
        if (fault is not null)
        {
            log.Error(name, fault);
        }

        return fault is null;
    }

    // Without a number, before all others; the number after the last rule's is the chain's end.
    private void Insert(ChainUnderConstruction chain, RuleCommand command)
    {
        int at = command.Number ?? 1;
        if (at < 1 || at > chain.Rules.Count + 1)
        {
            log.Error(command.Second, $"is not a place to insert at: chain {chain.Name} has {Count(chain)}");
            return;
        }

        chain.Rules.InsertRange(at - 1, command.Rules);
    }

    private void DeleteRule(ChainUnderConstruction chain, RuleCommand command)
    {
        if (command.Number is not null)
        {
            if (HasRule(chain, command))
            {
                chain.Rules.RemoveAt(command.Number.Value - 1);
            }

            return;
        }

        foreach (Rule rule in command.Rules)
        {
            int at = chain.Rules.FindIndex(rule.IsSameAs);
            if (at < 0)
            {
                log.Error(command.Word, $"chain {chain.Name} has no such rule");
                return;
            }

            chain.Rules.RemoveAt(at);
        }
    }

    private void Replace(ChainUnderConstruction chain, RuleCommand command)
    {
        if (command.Rules.Count > 1)
        {
            log.Error(command.Word, "replaces a rule with one rule: do not list addresses");
        }
        else if (command.Number is null)
        {
            log.Error(command.Word, "needs the number of a rule");
        }
        else if (HasRule(chain, command) && command.Rules.Count == 1)
        {
            chain.Rules[command.Number.Value - 1] = command.Rules[0];
        }
    }

    private void SetPolicy(ChainUnderConstruction chain, Word word, Word policy)
    {
        if (!chain.IsBuiltIn)
        {
            log.Error(word, "only built-in chains have a policy");
        }
        else if (policy.Text is not ("ACCEPT" or "DROP"))
        {
            log.Error(policy, "is not a policy: ACCEPT or DROP");
        }
        else
        {
            chain.Policy = policy.Text == "ACCEPT" ? Verdict.Accept : Verdict.Drop;
        }
    }

    private void Rename(ChainUnderConstruction chain, Word word, Word name)
    {
        if (chain.IsBuiltIn)
        {
            log.Error(word, "is built in, and keeps its name");
        }
        else if (IsFree(name))
        {
            string old = chain.Name;
            table.Rename(chain, name.Text);
            foreach (List<Rule> rules in table.Chains.Select(other => other.Rules))
            {
                for (int i = 0; i < rules.Count; i++)
                {
                    if (rules[i].Target is JumpTarget jump && jump.Chain == old)
                    {
                        rules[i] = rules[i] with { Target = jump with { Chain = name.Text } };
                    }
                }
            }
        }
    }

    private void Delete(ChainUnderConstruction chain, Word word)
    {
        bool IsJumpHere(Rule rule) => rule.Target is JumpTarget jump && jump.Chain == chain.Name;
        string? fault =
            chain.IsBuiltIn ? "is built in, and stays"
            : chain.Rules.Count > 0 ? $"chain {chain.Name} is not empty"
            : table.Chains.Any(other => other.Rules.Exists(IsJumpHere)) ? $"a rule jumps to chain {chain.Name}"
            : null;
        if (fault is not null)
        {
            log.Error(word, fault);
            return;
        }

        table.Remove(chain);
    }

    private void ZeroOne(ChainUnderConstruction chain, RuleCommand command)
    {
        if (command.Number is null)
        {
            Zero(chain);
        }
        else if (HasRule(chain, command))
        {
            int at = command.Number.Value - 1;
            chain.Rules[at] = chain.Rules[at] with { Counters = default };
        }
    }

    private static void Zero(ChainUnderConstruction chain)
    {
        chain.Counters = default;
        for (int i = 0; i < chain.Rules.Count; i++)
        {
            chain.Rules[i] = chain.Rules[i] with { Counters = default };
        }
    }

    private bool HasRule(ChainUnderConstruction chain, RuleCommand command)
    {
        bool has = command.Number >= 1 && command.Number <= chain.Rules.Count;
        if (!has)
        {
            log.Error(command.Second, $"is not the number of a rule: chain {chain.Name} has {Count(chain)}");
        }

        return has;
    }

    private static string Count(ChainUnderConstruction chain)
        => chain.Rules.Count == 1 ? "1 rule" : $"{chain.Rules.Count} rules";
}
