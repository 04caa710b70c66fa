namespace NatEngine.EndToEnd.Tests.Differential.Ruled;

/// <summary>A session at both gateways, and how far it has come.</summary>
internal sealed class Course(Talk ours, Talk theirs)
{
    private bool _answered;
    private bool _settled;

    /// <summary>At ours.</summary>
    public Talk Ours { get; } = ours;

    /// <summary>At the kernel's.</summary>
    public Talk Theirs { get; } = theirs;

    /// <summary>True once the other end has sent something.</summary>
    public bool IsAnswered => _answered;

    /// <summary>What the opener sends next, of TCP.</summary>
    public TcpControl NextForth()
    {
        _settled |= _answered;
        return _answered ? TcpControl.Ack : TcpControl.Syn;
    }

    /// <summary>What the other end sends next, of TCP.</summary>
    public TcpControl NextBack()
    {
        _answered = true;
        return _settled ? TcpControl.Ack : TcpControl.Syn | TcpControl.Ack;
    }
}
