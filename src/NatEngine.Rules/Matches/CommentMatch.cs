using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-m comment</c>: fits every packet.</summary>
/// <param name="Text">What the author says about the rule.</param>
public sealed record CommentMatch(string Text) : IRuleMatch
{
    /// <summary>The longest comment, in octets (XT_MAX_COMMENT_LEN less the zero).</summary>
    public const int MaxLength = 255;

    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-m", "comment").Word("--comment").Quoted(Text);
}
