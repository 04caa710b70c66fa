using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Devices;
using NatEngine.Packets;

namespace NatEngine.Host.Guarding;

/// <summary>The guard as programs at the interfaces' ingress hook.</summary>
/// <remarks>Nothing here waits: the kernel answers each call at once, on the thread that calls, whose network namespace
/// it is about.</remarks>
internal sealed class BpfGuard : IGuard
{
    private const string Counter = "counter";

    /// <summary>Checks that the kernel has the hook, and lets this process use it.</summary>
    /// <exception cref="GuardException">Not so; it says why.</exception>
    internal static void CheckAvailable() => Ask(() =>
    {
        IngressPrograms.CheckAvailable();
        return true;
    });

    /// <inheritdoc/>
    public Task InstallAsync(GuardPlan plan, CancellationToken cancellation)
    {
        Ask(() =>
        {
            // What can be refused for what it is comes first, for both interfaces.
            using IngressProgram inside = Load(plan, plan.InternalHostAddresses);
            using IngressProgram outside = Load(plan, plan.ExternalHostAddresses);
            using ProgramExchange first = ProgramExchange.Make(plan.InternalInterface, inside);
            try
            {
                using ProgramExchange second = ProgramExchange.Make(plan.ExternalInterface, outside);
                second.Keep();
            }
            catch (DeviceException)
            {
                first.Undo();
                throw;
            }

            first.Keep();
            return true;
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RemoveAsync(IEnumerable<string> interfaces, CancellationToken cancellation)
    {
        Ask(() =>
        {
            // One at an interface that is gone went with it.
            foreach (string name in Netlink.ReadLinks().Select(link => link.Name).Intersect(interfaces))
            {
                Detach(name);
            }

            return true;
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RemoveAsync(InstalledGuard installed, CancellationToken cancellation)
        => RemoveAsync([installed.Place], cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<InstalledGuard>> FindAsync(
        IReadOnlyCollection<string> interfaces, CancellationToken cancellation)
        => Task.FromResult(Ask<IReadOnlyList<InstalledGuard>>(() =>
        [
            .. Netlink.ReadLinks()
                .Select(link => link.Name)
                .Where(name => interfaces.Count == 0 || interfaces.Contains(name))
                .Where(IsGuarded)
                .Order(StringComparer.Ordinal)
                .Select(name => new InstalledGuard(this, name, TitleOf(name))),
        ]));

    /// <inheritdoc/>
    public Task<string> ShowAsync(InstalledGuard installed, CancellationToken cancellation)
        => Task.FromResult(Ask(() =>
        {
            StringBuilder text = new();
            using InstalledPrograms programs = InstalledPrograms.At(installed.Place);
            foreach (IngressProgram program in programs.All)
            {
                Append(text, installed.Title, program);
            }

            return text.ToString();
        }));

    private static IngressProgram Load(GuardPlan plan, IReadOnlyList<IPv4Address> hostAddresses)
    {
        string[] rules = [.. GuardRuleset.Rules(plan, hostAddresses)];
        int counters = rules.Count(rule => rule.Contains(Counter, StringComparison.Ordinal));
        return IngressProgram.Load(
            GuardProgram.Name, GuardProgram.Write(plan, hostAddresses), counters, string.Join('\n', rules));
    }

    private static bool IsGuarded(string interfaceName)
    {
        using InstalledPrograms programs = InstalledPrograms.At(interfaceName);
        return programs.All.Count > 0;
    }

    private static void Detach(string interfaceName)
    {
        using InstalledPrograms programs = InstalledPrograms.At(interfaceName);
        foreach (IngressProgram program in programs.All)
        {
            program.Detach(interfaceName);
        }
    }

    private static string TitleOf(string interfaceName) => $"program {GuardProgram.Name} at {interfaceName}";

    // The rules as nft would print them, so that one kind of guard reads as the other.
    private static void Append(StringBuilder text, string title, IngressProgram program)
    {
        text.Append(CultureInfo.InvariantCulture, $"{title} {{ # id {program.Id}\n");
        int index = 0;
        foreach (string rule in program.ReadText().Split('\n'))
        {
            string counted = rule;
            if (rule.Contains(Counter, StringComparison.Ordinal) && index < program.Counters)
            {
                PacketCount count = program.ReadCounter(index++);
                counted = rule.Replace(
                    Counter,
                    string.Create(
                        CultureInfo.InvariantCulture, $"{Counter} packets {count.Packets} bytes {count.Octets}"),
                    StringComparison.Ordinal);
            }

            text.Append(CultureInfo.InvariantCulture, $"    {counted}\n");
        }

        text.Append("}\n");
    }

    private static T Ask<T>(Func<T> question)
    {
        try
        {
            return question();
        }
        catch (DeviceException error)
        {
            throw new GuardException($"the guard's programs: {error.Message}", error);
        }
    }
}
