namespace NatEngine.Pipeline.Forwarding;

/// <summary>First in, first out lists of an array's places, each of which is in one list at a time: as many lists as
/// one likes, and no memory but a link per place.</summary>
internal sealed class PlaceLists
{
    private readonly int[] _next;

    /// <summary>Makes the links.</summary>
    /// <param name="capacity">How many places there are.</param>
    /// <param name="all">A list of them all.</param>
    internal PlaceLists(int capacity, out PlaceList all)
    {
        _next = new int[capacity];
        all = PlaceList.Empty;
        for (int place = 0; place < capacity; place++)
        {
            Append(ref all, place);
        }
    }

    /// <summary>Adds a place, which must be in no list, at the end.</summary>
    internal void Append(ref PlaceList list, int place)
    {
        if (list.Count == 0)
        {
            list.First = place;
        }
        else
        {
            _next[list.Last] = place;
        }

        list.Last = place;
        list.Count++;
    }

    /// <summary>Takes the place that has been in the list longest; there must be one.</summary>
    internal int TakeFirst(ref PlaceList list)
    {
        int place = list.First;
        list.First = _next[place];
        list.Count--;
        return place;
    }
}
