using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging.Abstractions;
using NatEngine.Host.Control;

namespace NatEngine.Host.Tests.Control;

public sealed class ControlSocketTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();

    private string SocketPath => _directory.File("control.sock");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Carries_a_request_and_both_streams_and_the_exit_code_of_its_answer()
    {
        await using ControlServer server = Open((request, response, _) =>
        {
            response.WriteLine($"got {string.Join('|', request)}");
            response.WriteError("careful");
            response.WriteLine(string.Empty);
            response.WriteLine("ünïcode");
            return Task.FromResult(3);
        });

        (int exitCode, string output, string error) = await AskAsync("sessions list  default");

        Assert.Equal(3, exitCode);
        Assert.Equal("got sessions|list|default\n\nünïcode\n", output);
        Assert.Equal("careful\n", error);
    }

    [Fact]
    public async Task Streams_an_answer_far_larger_than_its_buffer()
    {
        const int Lines = 300_000;
        await using ControlServer server = Open(async (_, response, cancellation) =>
        {
            for (int number = 0; number < Lines; number++)
            {
                response.WriteLine($"line {number} of an answer that is longer than any buffer on its way");
                if (response.IsFull)
                {
                    await response.FlushAsync(cancellation);
                }
            }

            return 0;
        });

        (int exitCode, string output, _) = await AskAsync("all");

        Assert.Equal(0, exitCode);
        string[] lines = output.Split('\n');
        Assert.Equal(Lines + 1, lines.Length);
        Assert.StartsWith("line 0 of", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"line {Lines - 1} of", lines[Lines - 1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_no_gateway_runs_where_there_is_no_socket()
    {
        (int exitCode, string output, string error) = await AskAsync("stats");
        Assert.Equal(1, exitCode);
        Assert.Equal(string.Empty, output);
        Assert.Equal($"natengine: natengine is not running (no control socket at {SocketPath})\n", error);
    }

    [Fact]
    public async Task Says_that_an_answer_was_cut_short()
    {
        TaskCompletionSource asked = new();
        ControlServer server = Open(async (_, response, cancellation) =>
        {
            response.WriteLine("the beginning");
            await response.FlushAsync(cancellation);
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return 0;
        });
        Task<(int ExitCode, string Output, string Error)> answer = AskAsync("stats");
        await asked.Task.WaitAsync(Patience);
        await server.DisposeAsync();

        (int exitCode, string output, string error) = await answer;
        Assert.Equal(1, exitCode);
        Assert.Equal("the beginning\n", output);
        Assert.Contains("cut short", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_fails_harms_only_its_own_client()
    {
        await using ControlServer server = Open((request, response, _) => request[0] == "fail"
            ? throw new InvalidOperationException("on purpose")
            : Task.FromResult(0));

        Assert.Equal(1, (await AskAsync("fail")).ExitCode);
        Assert.Equal(0, (await AskAsync("work")).ExitCode);
    }

    [Fact]
    public async Task A_client_that_says_nothing_keeps_nobody_else_waiting()
    {
        await using ControlServer server = Open((_, _, _) => Task.FromResult(0));
        using Socket silent = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await silent.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));

        Assert.Equal(0, (await AskAsync("work")).ExitCode);
    }

    [Fact]
    public async Task Refuses_a_request_longer_than_a_line_may_be()
    {
        await using ControlServer server = Open((_, _, _) => Task.FromResult(0));
        (int exitCode, _, string error) = await AskAsync(new string('x', ControlChannel.LongestRequest));
        Assert.Equal(1, exitCode);
        Assert.Contains("one line of at most 4096 octets", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_owner_may_connect_and_the_file_goes_with_the_server()
    {
        await using (ControlServer server = Open((_, _, _) => Task.FromResult(0)))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SocketPath));
        }

        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public async Task Replaces_the_file_of_a_server_that_is_dead()
    {
        using (Socket dead = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(SocketPath));
            File.Move(SocketPath, SocketPath + ".kept"); // .NET removes the file of a socket that it closes
        }

        File.Move(SocketPath + ".kept", SocketPath);
        await using ControlServer server = Open((_, _, _) => Task.FromResult(0));
        Assert.Equal(0, (await AskAsync("work")).ExitCode);
    }

    [Fact]
    public async Task Refuses_the_socket_of_a_server_that_lives()
    {
        await using ControlServer server = Open((_, _, _) => Task.FromResult(0));

        IOException error = Assert.Throws<IOException>(() => Open((_, _, _) => Task.FromResult(1)));

        Assert.StartsWith(
            $"control socket '{SocketPath}': another natengine answers there", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await AskAsync("work")).ExitCode);
    }

    [Fact]
    public void Refuses_to_remove_a_file_that_is_no_socket()
    {
        File.WriteAllText(SocketPath, string.Empty);

        IOException error = Assert.Throws<IOException>(() => Open((_, _, _) => Task.FromResult(0)));

        Assert.Equal($"control socket '{SocketPath}': a file is there that is not a socket", error.Message);
        Assert.True(File.Exists(SocketPath));
    }

    [Fact]
    public void Where_there_can_be_no_directory_the_path_is_named()
    {
        IOException error = Assert.Throws<IOException>(() => ControlServer.Open(
            "/dev/null/control.sock", (_, _, _) => Task.FromResult(0), NullLogger<ControlServer>.Instance));
        Assert.StartsWith("control socket '/dev/null/control.sock': ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Makes_the_directory_of_the_socket()
    {
        string path = _directory.File("run/natengine/control.sock");
        await using ControlServer server = ControlServer.Open(
            path, (_, _, _) => Task.FromResult(0), NullLogger<ControlServer>.Instance);
        Assert.True(File.Exists(path));
    }

    private ControlServer Open(ControlHandler handler)
        => ControlServer.Open(SocketPath, handler, NullLogger<ControlServer>.Instance);

    private async Task<(int ExitCode, string Output, string Error)> AskAsync(string request)
    {
        using MemoryStream output = new();
        using MemoryStream error = new();
        using CancellationTokenSource late = new(Patience);
        int exitCode = await ControlClient.RunAsync(SocketPath, request, output, error, late.Token);
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }
}
