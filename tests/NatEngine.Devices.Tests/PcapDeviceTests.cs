using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using NatEngine.Devices.Tests.Wire;

namespace NatEngine.Devices.Tests;

public sealed class PcapDeviceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("natengine-pcap-").FullName;

    [Theory]
    [InlineData(0xA1B2C3D4, false)]
    [InlineData(0xA1B2C3D4, true)]
    [InlineData(0xA1B23C4D, false)]
    [InlineData(0xA1B23C4D, true)]
    public void Reads_either_precision_in_either_byte_order(uint magic, bool bigEndian)
    {
        byte[] file = [.. FileHeader(magic, bigEndian), .. Record(bigEndian, [1, 2, 3]), .. Record(bigEndian, [4])];
        using PcapDevice device = PcapDevice.Open("p0", Write(file), transmitTo: null);
        using FramePoller poller = new(device);
        Frame[] frames = new Frame[8];

        Assert.True(poller.Wait(0));
        Assert.Equal(2, device.Receive(frames));

        Assert.Equal([1, 2, 3], frames[0].Octets.ToArray());
        Assert.Equal([4], frames[1].Octets.ToArray());
        Assert.Equal(default, frames[0].Header);
        Assert.True(device.HasEnded);
        Assert.False(poller.Wait(0));
        Assert.Equal(0, device.Receive(frames));
        Assert.Equal(2, device.ReadStatistics().ReceivedFrames);
    }

    [Fact]
    public void A_frame_of_which_only_a_part_was_captured_is_passed_over_and_counted()
    {
        byte[] file =
            [.. FileHeader(), .. Record(false, [1]), .. Record(false, [2, 2], original: 90), .. Record(false, [3])];
        using PcapDevice device = PcapDevice.Open("p0", Write(file), transmitTo: null);
        Frame[] frames = new Frame[8];

        Assert.Equal(2, device.Receive(frames));

        Assert.Equal([3], frames[1].Octets.ToArray());
        Assert.Equal(1, device.ReadStatistics().TruncatedFrames);
    }

    [Fact]
    public void Frames_wait_in_the_file_until_a_slot_is_released()
    {
        byte[] file = [.. FileHeader(), .. Enumerable.Range(0, 5).SelectMany(i => Record(false, [(byte)i]))];
        using PcapDevice device = PcapDevice.Open("p0", Write(file), transmitTo: null, slots: 2);
        Frame[] frames = new Frame[8];

        Assert.Equal(2, device.Receive(frames));
        Assert.Equal(0, device.Receive(frames.AsSpan(2)));
        device.Release(frames.AsSpan(0, 1));
        Assert.Equal(1, device.Receive(frames.AsSpan(2)));

        Assert.Equal(1, frames[1].Octets[0]);
        Assert.Equal(2, frames[2].Octets[0]);
    }

    [Fact]
    public void What_is_transmitted_can_be_received_from_the_file()
    {
        string path = Path.Combine(_folder, "out.pcap");
        using FramePool pool = new(2);
        Frame[] sent = [TestFrames.Rent(pool, 1, 60), TestFrames.Rent(pool, 2, 65_535)];
        using (PcapDevice writer = PcapDevice.Open("p0", receiveFrom: null, path))
        {
            Assert.Equal(2, writer.Transmit(sent));
            Assert.Equal(2, writer.ReadStatistics().TransmittedFrames);
            Assert.Equal(0, writer.Receive(new Frame[1]));
        }

        using PcapDevice reader = PcapDevice.Open("p1", path, transmitTo: null);
        Frame[] received = new Frame[3];
        Assert.Equal(2, reader.Receive(received));
        Assert.Equal(1, TestFrames.Read(received[0].Octets));
        Assert.Equal(65_535, received[1].Length);
        Assert.Equal(2, TestFrames.Read(received[1].Octets));
    }

    [Fact]
    public void Transmitted_frames_are_stamped_to_the_nanosecond()
    {
        string path = Path.Combine(_folder, "out.pcap");
        using FramePool pool = new(1);
        using (PcapDevice writer = PcapDevice.Open("p0", null, path, clock: new StoppedClock()))
        {
            writer.Transmit([TestFrames.Rent(pool, 1, 60)]);
        }

        ReadOnlySpan<byte> file = File.ReadAllBytes(path);
        Assert.Equal(24 + 16 + 60, file.Length);
        Assert.Equal(0xA1B23C4D, BinaryPrimitives.ReadUInt32LittleEndian(file));
        Assert.Equal(1_700_000_000u, BinaryPrimitives.ReadUInt32LittleEndian(file[24..]));
        Assert.Equal(123_456_700u, BinaryPrimitives.ReadUInt32LittleEndian(file[28..]));
        Assert.Equal(60, BinaryPrimitives.ReadInt32LittleEndian(file[32..]));
        Assert.Equal(60, BinaryPrimitives.ReadInt32LittleEndian(file[36..]));
    }

    [Theory]
    [InlineData("", "shorter than a file header")]
    [InlineData("0A0D0D0A00000000000000000000000000000000000000000000", "not a pcap file")]
    [InlineData("D4C3B2A1020004000000000000000000FFFF000065000000", "link type 101")]
    [InlineData("D4C3B2A1020004000000000000000000FFFF000001000000" + "01",
        "damaged at octet 24: ends inside a record header")]
    [InlineData("D4C3B2A1020004000000000000000000FFFF000001000000" + "0000000000000000020000000200000007",
        "damaged at octet 40: ends inside a frame")]
    [InlineData("D4C3B2A1020004000000000000000000FFFF000001000000" + "0000000000000000FFFFFFFFFFFFFFFF07",
        "damaged at octet 40: a record of 4294967295 octets")]
    public void A_file_that_cannot_be_read_to_its_end_is_refused_at_once(string octets, string reason)
    {
        string path = Write(Convert.FromHexString(octets));

        DeviceException error = Assert.Throws<DeviceException>(() => PcapDevice.Open("p0", path, transmitTo: null));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        string path = Path.Combine(_folder, "nothing.pcap");

        DeviceException error = Assert.Throws<DeviceException>(() => PcapDevice.Open("p0", path, transmitTo: null));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(byte[] file)
    {
        string path = Path.Combine(_folder, $"{Guid.NewGuid()}.pcap");
        File.WriteAllBytes(path, file);
        return path;
    }

    private static byte[] FileHeader(uint magic = 0xA1B2C3D4, bool bigEndian = false) =>
    [
        .. Number(magic, bigEndian), .. bigEndian ? new byte[] { 0, 2, 0, 4 } : [2, 0, 4, 0], .. new byte[8],
        .. Number(65_535, bigEndian), .. Number(1, bigEndian),
    ];

    private static byte[] Record(bool bigEndian, byte[] frame, uint? original = null) =>
    [
        .. new byte[8], .. Number((uint)frame.Length, bigEndian), .. Number(original ?? (uint)frame.Length, bigEndian),
        .. frame,
    ];

    private static byte[] Number(uint value, bool bigEndian)
    {
        byte[] octets = BitConverter.GetBytes(value);
        return bigEndian ? [.. octets.Reverse()] : octets;
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
            => DateTimeOffset.FromUnixTimeSeconds(1_700_000_000).AddTicks(1_234_567);
    }
}
