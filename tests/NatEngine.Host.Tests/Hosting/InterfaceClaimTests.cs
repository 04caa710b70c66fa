using System;
using System.IO;
using NatEngine.Host.Hosting;

namespace NatEngine.Host.Tests.Hosting;

public sealed class InterfaceClaimTests
{
    [Fact]
    public void One_process_at_a_time_has_an_interface_and_the_second_is_told_which()
    {
        string name = $"test{Guid.NewGuid():N}";
        using (InterfaceClaim.Take(name))
        {
            IOException error = Assert.Throws<IOException>(() => InterfaceClaim.Take(name));
            Assert.Equal($"another natengine (process {Environment.ProcessId}) runs on {name}", error.Message);
        }

        InterfaceClaim.Take(name).Dispose();
    }
}
