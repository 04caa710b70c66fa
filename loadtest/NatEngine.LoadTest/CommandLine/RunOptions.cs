using System.CommandLine;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.CommandLine;

/// <summary>The options that every command that measures has. A command makes one of these, adds it to itself, and
/// reads a <see cref="RunRequest"/> from it; options of its own stand beside them.</summary>
internal sealed class RunOptions
{
    private readonly Option<string> _systems;
    private readonly Option<int> _repeats;
    private readonly Option<double> _duration;
    private readonly Option<int> _seed;
    private readonly Option<string> _receive;
    private readonly ExternalOptions _externalOptions = new();

    private readonly Option<string[]> _defined = new("--system")
    {
        Description = "One more system, \"LABEL=KIND OPTIONS\", such as \"v3=natengine --ring v3\". May be repeated.",
        HelpName = "LABEL=KIND OPTIONS",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _full = new("--full")
    {
        Description = "Take the time that the methods' authors prescribe, hours if need be.",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder for the results [results/TIME-COMMAND].",
    };

    private readonly Option<string?> _natEngine = new("--natengine")
    {
        Description = "The natengine executable [out/natengine, here or above].",
    };

    private readonly Option<string> _natEngineOptions;

    private readonly Option<string?> _engineCores = new("--engine-cores")
    {
        Description = "Processors that the natengine program may use, with commas [the system's].",
    };

    private readonly Option<string?> _cores = new("--cores")
    {
        Description = "Processors GENERATOR,SYSTEM,SINK [0,1,2 if there are three, otherwise 0,1,0].",
    };

    /// <summary>Makes the options.</summary>
    /// <param name="defaults">What holds for a command unless it is said otherwise.</param>
    public RunOptions(RunRequest defaults)
    {
        _systems = new Option<string>("--systems")
        {
            Description = $"Systems to measure, with commas: {string.Join(", ", SystemCatalog.Kinds)}; variants are "
                + "natengine:PRESET and netfilter:FLAG (random, fully-random, persistent).",
            DefaultValueFactory = _ => defaults.Systems,
        };
        _repeats = new Option<int>("--repeats")
        {
            Description = "How often to measure everything.",
            DefaultValueFactory = _ => defaults.Repeats,
        };
        _duration = new Option<double>("--duration")
        {
            Description = "Seconds that a stream lasts; other times are worked out from it.",
            DefaultValueFactory = _ => defaults.Duration,
        };
        _seed = new Option<int>("--seed")
        {
            Description = "What random numbers are made from; the same seed, the same traffic.",
            DefaultValueFactory = _ => defaults.Seed,
        };
        _natEngineOptions = new Option<string>("--natengine-options")
        {
            Description = "Further options of 'natengine run' for every natengine, such as \"--ring v3\".",
            DefaultValueFactory = _ => defaults.NatEngineOptions,
        };
        _receive = new Option<string>("--receive")
        {
            Description = "Who hands frames to natengine and wire: the sender's processor, the system's own, or a "
                + "thread there.",
            DefaultValueFactory = _ => defaults.Receive,
        };
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] all =
        [
            _systems, _defined, _repeats, _duration, _full, _seed, _out, _natEngine, _natEngineOptions, _cores,
            _engineCores, _receive, .. _externalOptions.All,
        ];
        foreach (Option option in all)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads what was typed.</summary>
    public RunRequest Read(ParseResult parsed) => new()
    {
        Systems = parsed.GetRequiredValue(_systems),
        Defined = parsed.GetRequiredValue(_defined),
        Repeats = parsed.GetRequiredValue(_repeats),
        Duration = parsed.GetRequiredValue(_duration),
        Full = parsed.GetValue(_full),
        Seed = parsed.GetRequiredValue(_seed),
        Out = parsed.GetValue(_out),
        NatEngine = parsed.GetValue(_natEngine),
        NatEngineOptions = parsed.GetRequiredValue(_natEngineOptions),
        Cores = parsed.GetValue(_cores),
        EngineCores = parsed.GetValue(_engineCores),
        Receive = parsed.GetRequiredValue(_receive),
        External = _externalOptions.Read(parsed),
    };
}
