using System;

namespace NatEngine.Translation;

/// <summary>What has happened to external addresses and ports, until somebody takes it: as many events as there is room
/// for, and the number of those that found none.</summary>
/// <remarks>Belongs to its <see cref="Translator"/>: used by the same thread, at the same times.</remarks>
public sealed class TranslationLog
{
    private readonly TranslationEvent[] _events;
    private int _first;

    /// <summary>Makes an empty one, with all the memory that it will ever take.</summary>
    internal TranslationLog(int capacity) => _events = new TranslationEvent[capacity];

    /// <summary>How many events wait.</summary>
    public int Count { get; private set; }

    /// <summary>How many found no room since the beginning: the oldest are kept.</summary>
    public long Lost { get; private set; }

    /// <summary>Takes the oldest events, in their order.</summary>
    /// <param name="now">The present. Events are dated back from it, so none may wait for 24 days.</param>
    /// <param name="events">Receives them.</param>
    /// <returns>How many there are; fewer than <paramref name="events"/> has room for if none is left.</returns>
    public int Take(Timestamp now, Span<TranslationEvent> events)
    {
        int taken = Math.Min(Count, events.Length);
        for (int index = 0; index < taken; index++)
        {
            TranslationEvent oldest = _events[_first];
            int age = (int)((uint)now.Milliseconds - (uint)oldest.At.Milliseconds);
            events[index] = oldest with { At = new Timestamp(now.Milliseconds - age) };
            _first = _first + 1 == _events.Length ? 0 : _first + 1;
        }

        Count -= taken;
        return taken;
    }

    /// <summary>Adds an event whose time is in milliseconds modulo 2^32.</summary>
    internal void Add(in TranslationEvent added)
    {
        if (Count == _events.Length)
        {
            Lost++;
            return;
        }

        int place = _first + Count;
        _events[place < _events.Length ? place : place - _events.Length] = added;
        Count++;
    }
}
