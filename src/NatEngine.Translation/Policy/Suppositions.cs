using System;

namespace NatEngine.Translation.Policy;

/// <summary>Chance that answers every question with each answer in turn, so that what would come of any of them can be
/// looked at. The first of all answers is 0 to everything.</summary>
internal sealed class Suppositions : Random
{
    // Beyond so many questions of one packet the answer is always 0: 256 ways are enough to look at.
    private const int Varied = 8;

    private uint _answers;
    private int _asked;

    /// <summary>Begins with the first of all answers.</summary>
    public void Begin()
    {
        _answers = 0;
        _asked = 0;
    }

    /// <summary>Goes on to the next, of those that make a difference.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryNext()
    {
        for (int last = Math.Min(_asked, Varied) - 1; last >= 0; last--)
        {
            uint bit = 1u << last;
            if ((_answers & bit) == 0)
            {
                _answers = (_answers & (bit - 1)) | bit;
                _asked = 0;
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override int Next(int maxValue)
    {
        int question = _asked++;
        return question < Varied ? (int)((_answers >> question) & 1) : 0;
    }
}
