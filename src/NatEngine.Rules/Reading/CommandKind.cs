namespace NatEngine.Rules.Reading;

/// <summary>What a command does to the rules (iptables(8), COMMANDS).</summary>
internal enum CommandKind
{
    Append,
    Insert,
    Delete,
    Replace,
    NewChain,
    DeleteChain,
    RenameChain,
    Flush,
    Zero,
    Policy,
}
