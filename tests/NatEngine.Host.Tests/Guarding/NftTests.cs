using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Host.Guarding;

namespace NatEngine.Host.Tests.Guarding;

public sealed class NftTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Where_nft_is_missing_the_package_and_the_way_without_are_named()
    {
        GuardException error = Assert.Throws<GuardException>(() => Nft.FindIn([_directory.File(string.Empty)]));
        Assert.Contains("install the Debian package nftables", error.Message, StringComparison.Ordinal);
        Assert.Contains("--no-guard", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nft_complains_of_is_passed_on()
    {
        Nft nft = FakeNft("cat > /dev/null; echo 'Error: no such thing' >&2; exit 1");
        GuardException error = await Assert.ThrowsAsync<GuardException>(
            () => nft.ApplyAsync("delete table x", CancellationToken.None));
        Assert.EndsWith("nft failed with exit code 1: Error: no such thing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_arrives_on_standard_input_as_it_is()
    {
        string copy = _directory.File("copy");
        Nft nft = FakeNft($"[ \"$*\" = '-f -' ] && cat > {copy}");
        await nft.ApplyAsync("add table netdev ü\n", CancellationToken.None);
        Assert.Equal("add table netdev ü\n", await File.ReadAllTextAsync(copy));
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_is_named()
    {
        await File.WriteAllTextAsync(_directory.File("nft"), "no program");
        GuardException error = await Assert.ThrowsAsync<GuardException>(
            () => Nft.FindIn([_directory.File(string.Empty)]).ApplyAsync(string.Empty, CancellationToken.None));
        Assert.Contains("could not be started", error.Message, StringComparison.Ordinal);
    }

    private Nft FakeNft(string script)
    {
        File.WriteAllText(_directory.File("nft"), $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(_directory.File("nft"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return Nft.FindIn([_directory.File(string.Empty)]);
    }
}
