using System;
using System.Threading.Tasks;
using NatEngine.Host.Cli;

namespace NatEngine.Host;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        // The header views reverse the octets of every field, which is right where numbers are little-endian: on every
        // machine that .NET runs Linux on but s390x.
        if (!BitConverter.IsLittleEndian)
        {
            await Console.Error.WriteLineAsync("natengine: this is a big-endian machine; only little-endian ones work")
                .ConfigureAwait(false);
            return ExitCode.BadInput;
        }

        return await NatEngineCommand.InvokeAsync(arguments).ConfigureAwait(false);
    }
}
