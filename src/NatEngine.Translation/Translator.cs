using System;
using System.Runtime.CompilerServices;
using NatEngine.Packets;
using NatEngine.Translation.Explaining;
using NatEngine.Translation.Fragments;
using NatEngine.Translation.Policy;
using NatEngine.Translation.Tables;
using NatEngine.Translation.Timing;

namespace NatEngine.Translation;

/// <summary>A NAT's decisions: packet facts and time in, verdicts out. Keeps sessions and mappings; knows nothing of
/// frames, devices, clocks or threads.</summary>
/// <remarks>
/// <para>Used by one thread at a time. After it is made it allocates nothing, whatever it is given.</para>
/// <para>A packet of a known session is judged on the <see cref="FastPath"/>; one that belongs to none goes to the
/// <see cref="SlowPath"/>; a fragment after the first goes the way of that one, on the <see cref="FragmentPath"/>. Time
/// is what the caller says it is and must not go backwards.</para>
/// <para>A session whose time is over is never used, collected by <see cref="Expire"/> or not. One that is live when a
/// batch begins is live when it ends: a <see cref="SessionId"/> in a verdict is good until the next call.</para>
/// </remarks>
public sealed class Translator : IDisposable
{
    /// <summary>The value of a cursor when all sessions have been seen.</summary>
    public const uint EndOfList = SessionListing.End;

    // The packets whose memory is asked for together: as many as a batch has. More would only evict each other.
    private const int Together = DrawnAhead.Horizon;

    private readonly ulong[] _hashes = new ulong[Together];
    private readonly uint[] _guesses = new uint[Together];
    private readonly TranslationTables _tables;
    private readonly SessionTable _sessions;
    private readonly FastPath _fastPath;
    private readonly SlowPath _slowPath;
    private readonly Foresight _foresight;
    private readonly FragmentPath _fragmentPath;
    private readonly Identifications _identifications;
    private readonly SessionListing _listing;
    private readonly Timeouts _timeouts;

    /// <summary>Makes a NAT without sessions.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="random">Chooses ports and hash keys: unpredictable in production (see
    /// <see cref="CryptographicRandom"/>), seeded in tests.</param>
    /// <exception cref="ArgumentException">The options cannot hold; the message names key, value and rule.</exception>
    public Translator(TranslationOptions options, Random random)
    {
        OptionsValidation.Validate(options);
        ArgumentNullException.ThrowIfNull(random);
        _timeouts = new Timeouts(options.Timers);
        _tables = new TranslationTables(options, random);
        _sessions = _tables.Sessions;
        _fastPath = new FastPath(_sessions, _timeouts, options.InboundRefresh, _tables.Windows);
        DrawnAhead chance = new(random);
        _foresight = new Foresight(_tables, chance);
        _slowPath = new SlowPath(options, _tables, _timeouts, chance);
        _slowPath.Adopt(options.Rules);
        _fragmentPath = new FragmentPath(_sessions, _fastPath, (ulong)random.NextInt64());
        _identifications = new Identifications(random);
        _listing = new SessionListing(_tables);
        Owners = new PortOwners(_tables);
        Explainer = new Explainer(_tables, _fastPath, _slowPath);
    }

    /// <summary>How many sessions there are, those included whose time is over but that are not collected
    /// yet.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>How many of <see cref="SessionCount"/> are of a protocol.</summary>
    public int SessionCountOf(IpProtocol protocol) => _sessions.CountOf(protocol);

    /// <summary>How many mappings there are, those of published services included.</summary>
    public int MappingCount => _tables.Mappings.Count;

    /// <summary>Whether rules ask for what <see cref="PacketParser.ParseForRules"/> reads.</summary>
    public bool AsksOfFrames => _slowPath.Ruled?.Program?.AsksOfFrames == true;

    /// <summary>What has been done so far.</summary>
    public TranslationCounters Counters => _tables.Counters;

    /// <summary>Who has had which external port; null unless <see cref="TranslationOptions.LogCapacity"/> says how much
    /// of it is kept.</summary>
    public TranslationLog? Log => _tables.Log;

    /// <summary>Who has which external port.</summary>
    public PortOwners Owners { get; }

    /// <summary>What would become of a packet, and why.</summary>
    public Explainer Explainer { get; }

    /// <summary>Judges packets in their order.</summary>
    /// <param name="packets">What the parser found of each. Kinds that translation does not concern itself with, such
    /// as ARP, get <see cref="VerdictKind.None"/>.</param>
    /// <param name="ingress">The realm that all of them came in from.</param>
    /// <param name="now">The present.</param>
    /// <param name="verdicts">Receives a verdict for each; not shorter than <paramref name="packets"/>.</param>
    [MethodImpl(MethodImplOptions.NoInlining)] // so that what it calls for each packet is inlined here
    public void Translate(
        ReadOnlySpan<PacketFacts> packets, Realm ingress, Timestamp now, Span<Verdict> verdicts)
    {
        uint time = (uint)now.Milliseconds;
        while (!packets.IsEmpty)
        {
            int count = Math.Min(packets.Length, Together);
            Fetch(packets[..count], ingress);
            for (int index = 0; index < count; index++)
            {
                ref readonly PacketFacts packet = ref packets[index];
                if (packet.IsFragment)
                {
                    JudgeFragment(packet, _hashes[index], _guesses[index], ingress, time, ref verdicts[index]);
                }
                else
                {
                    Judge(packet, _hashes[index], _guesses[index], ingress, time, ref verdicts[index]);
                }
            }

            packets = packets[count..];
            verdicts = verdicts[count..];
        }
    }

    /// <summary>Ends sessions whose time is over.</summary>
    /// <param name="now">The present.</param>
    /// <param name="limit">How many sessions to look at, at most: some turn out to have been prolonged.</param>
    /// <returns>How many have ended.</returns>
    public int Expire(Timestamp now, int limit)
    {
        int ended = _tables.Expire((uint)now.Milliseconds, limit);
        _timeouts.Adapt(_sessions.Count, _sessions.Capacity);
        return ended;
    }

    /// <summary>Remembers which next hop packets of a session's direction go to: a number that
    /// <see cref="Verdict.NextHop"/> gives back, 0 for none.</summary>
    public void SetNextHop(SessionId session, TupleDirection direction, ushort nextHop)
        => _sessions[session.Index].NextHops[(int)direction] = nextHop;

    /// <summary>Whether there is a session one of whose directions has <paramref name="tuple"/>.</summary>
    public bool HasSession(FlowTuple tuple, Timestamp now)
    {
        uint place = _sessions.Find(tuple) >> 1;
        return place != 0 && !_sessions[place].IsExpired((uint)now.Milliseconds);
    }

    /// <summary>Forgets the next hops of some sessions, because routes have changed.</summary>
    /// <param name="cursor">0 to begin; where to go on; <see cref="EndOfList"/> when all are done.</param>
    /// <param name="limit">How many places to look at, at most.</param>
    public void ForgetNextHops(ref uint cursor, int limit) => _listing.ForgetNextHops(ref cursor, limit);

    /// <summary>Takes snapshots of some sessions.</summary>
    /// <param name="cursor">0 to begin; where to go on; <see cref="EndOfList"/> when all have been seen. Sessions that
    /// open or end meanwhile may or may not be seen.</param>
    /// <param name="now">The present.</param>
    /// <param name="snapshots">Receives the snapshots.</param>
    /// <returns>How many there are. None does not mean that the end is reached: a call looks at a bounded number of
    /// places.</returns>
    public int List(ref uint cursor, Timestamp now, Span<SessionSnapshot> snapshots)
        => _listing.List(ref cursor, now, snapshots);

    /// <summary>Ends the session that one of whose directions has <paramref name="tuple"/>.</summary>
    /// <param name="tuple">The tuple.</param>
    /// <param name="id">Which session it has to be; 0 if any.</param>
    /// <returns>False if there is no such session.</returns>
    public bool Delete(FlowTuple tuple, uint id = 0) => _listing.Delete(tuple, id);

    /// <summary>Ends some sessions, whatever their state.</summary>
    /// <param name="cursor">0 to begin; where to go on; <see cref="EndOfList"/> when all have been seen.</param>
    /// <param name="limit">How many places to look at, at most.</param>
    /// <returns>How many have ended.</returns>
    public int Flush(ref uint cursor, int limit) => _listing.Flush(ref cursor, limit);

    /// <summary>Asks other rules, or none, of sessions to come; and of those that there are as soon as
    /// <see cref="AskAgain"/> has been to the end. They belong to this NAT from now on.</summary>
    public void Adopt(RuleProgram? rules) => _slowPath.Adopt(rules);

    /// <summary>Holds the next packets of some sessions against the rules; see <see cref="ForgetNextHops"/>.</summary>
    public void AskAgain(ref uint cursor, int limit) => _listing.AskAgain(ref cursor, limit);

    /// <summary>Gives the tables' memory back. The translator must not be used again.</summary>
    public void Dispose()
    {
        _fragmentPath.Dispose();
        _tables.Dispose();
    }

    // The lines that the packets will need, asked for all at once: by the time the first packet is judged they are on
    // their way, and the processor waits for memory once per batch instead of twice per packet.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fetch(ReadOnlySpan<PacketFacts> packets, Realm ingress)
    {
        for (int index = 0; index < packets.Length; index++)
        {
            ulong hash = _sessions.HashOf(packets[index].Tuple);
            _hashes[index] = hash;
            _sessions.PrefetchIndex(hash);
        }

        for (int index = 0; index < packets.Length; index++)
        {
            uint guess = _sessions.PrefetchSession(_hashes[index]);
            _guesses[index] = guess;
            if (guess == 0 && ingress == Realm.Internal)
            {
                _foresight.Note(packets, index);
            }
        }

        _foresight.Conclude(packets);
    }

    private void Judge(
        in PacketFacts packet, ulong hash, uint guess, Realm ingress, uint now, ref Verdict verdict)
    {
        uint reference = _sessions.Find(packet.Tuple, hash, guess);
        uint place = reference >> 1;
        ref Session session = ref _sessions[place];
        if (reference == 0 || session.IsExpired(now))
        {
            JudgeFirst(packet, hash, place, ingress, now, ref verdict);
            return;
        }

        TupleDirection direction = (TupleDirection)(reference & 1);
        DropReason reason = _fastPath.Follow(ref session, place, direction, packet, ingress, now);
        if (reason != DropReason.None)
        {
            verdict.SetDrop(reason);
            return;
        }

        if (session.Asks(direction, packet.Kind))
        {
            reason = _slowPath.Ruled!.Follow(ref session, direction, packet, now);
            if (reason != DropReason.None)
            {
                verdict.SetDrop(reason, _slowPath.Ruled.Rejection);
                return;
            }
        }

        verdict.SetForward(session, place, direction);
        _identifications.Give(packet, ref verdict);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void JudgeFragment(
        in PacketFacts packet, ulong hash, uint guess, Realm ingress, uint now, ref Verdict verdict)
    {
        if (packet.Kind == PacketKind.LaterFragment)
        {
            _fragmentPath.Follow(packet, ingress, now, ref verdict);
            return;
        }

        DropReason refusal = _fragmentPath.RefusalOf(packet, ingress, now);
        if (refusal != DropReason.None)
        {
            verdict.SetDrop(refusal);
            return;
        }

        Judge(packet, hash, guess, ingress, now, ref verdict);
        _fragmentPath.Remember(packet, ingress, now, verdict);
    }

    // A packet without a session, or with one whose time is over and that nobody has collected yet.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void JudgeFirst(
        in PacketFacts packet, ulong hash, uint expired, Realm ingress, uint now, ref Verdict verdict)
    {
        if (packet.Kind is PacketKind.None or PacketKind.OtherEtherType or PacketKind.Arp)
        {
            verdict = default;
            return;
        }

        if (expired != 0)
        {
            _tables.Advance(now);
            _tables.Expire(expired);
        }

        DropReason refusal = _slowPath.TryOpen(packet, hash, ingress, now, out uint opened);
        if (refusal == DropReason.None)
        {
            ref Session session = ref _sessions[opened];
            _fastPath.Count(ref session, opened, TupleDirection.Original, packet.NetworkLength);
            verdict.SetForward(session, opened, TupleDirection.Original);
            _identifications.Give(packet, ref verdict);
        }
        else
        {
            verdict.SetDrop(refusal, _slowPath.Rejection);
        }
    }
}
