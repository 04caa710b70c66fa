namespace NatEngine.Translation;

/// <summary>What a <see cref="Translator"/> has done since it was made. Refused packets are counted by their
/// <see cref="NatEngine.Packets.DropReason"/> where they are dropped.</summary>
/// <param name="SessionsCreated">Sessions opened.</param>
/// <param name="SessionsExpired">Sessions ended because their time was over.</param>
/// <param name="SessionsDeleted">Sessions ended because somebody asked for it.</param>
/// <param name="MappingsCreated">Dynamic mappings made.</param>
/// <param name="MappingsEnded">Dynamic mappings ended, with their last session.</param>
public readonly record struct TranslationCounters(
    long SessionsCreated, long SessionsExpired, long SessionsDeleted, long MappingsCreated, long MappingsEnded);
