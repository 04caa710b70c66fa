using System;
using System.Linq;
using System.Text;
using NatEngine.LoadTest.Clients.Scenarios;
using NatEngine.LoadTest.Clients.Servers;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Tests.Clients;

/// <summary>What clients and servers say to each other, octet by octet.</summary>
public sealed class MessageTests
{
    // RFC 1035 section 4.1: header, question "s7.natload.test" A IN.
    private static readonly byte[] Query = Convert.FromHexString(
        "ABCD01000001000000000000" + "027337076E61746C6F61640474657374" + "0000010001");

    [Fact]
    public void A_question_is_written_as_RFC_1035_has_it()
    {
        byte[] message = new byte[DnsMessage.MaxLength];

        int length = DnsMessage.WriteQuery(message, 0xABCD, "s7.natload.test");

        Assert.Equal(Query, message[..length]);
    }

    [Fact]
    public void A_name_server_answers_with_the_servers_address()
    {
        byte[] buffer = new byte[2048];
        Query.CopyTo(buffer, 0);

        int length = new NameService(ServerPlaces.Default).Answer(buffer, Query.Length);

        string expected = "ABCD81800001000100000000" + Convert.ToHexString(Query)[24..]
            + "C00C000100010000003C0004" + "C6120008";
        Assert.Equal(expected, Convert.ToHexString(buffer, 0, length));
        Assert.True(DnsMessage.TryReadAnswer(Query, buffer.AsSpan(0, length), out IPv4Address address));
        Assert.Equal("198.18.0.8", address.ToString());
        Assert.Equal(7, ServerPlaces.Default.NumberOf(address));
    }

    [Theory]
    [InlineData("s64.natload.test")] // one too many
    [InlineData("x7.natload.test")]
    [InlineData("s.natload.test")]
    [InlineData("s7.example.test")]
    public void A_name_that_there_is_not_is_answered_with_an_error(string name)
    {
        byte[] query = new byte[DnsMessage.MaxLength];
        int asked = DnsMessage.WriteQuery(query, 1, name);
        byte[] buffer = new byte[2048];
        query.CopyTo(buffer, 0);

        int length = new NameService(ServerPlaces.Default).Answer(buffer, asked);

        Assert.Equal(asked, length);
        Assert.Equal(DnsMessage.NameError, buffer[3] & 0x0F);
        Assert.False(DnsMessage.TryReadAnswer(query.AsSpan(0, asked), buffer.AsSpan(0, length), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ABCD0100000100000000")]
    [InlineData("ABCD81000001000000000000027337000001" + "0001")] // a response
    [InlineData("ABCD01000002000000000000027337000001" + "0001")] // two questions
    [InlineData("ABCD0100000100000000000002733700" + "00100001")] // TXT
    [InlineData("ABCD0100000100000000000040")] // a label longer than there may be
    [InlineData("ABCD01000001000000000000027337")] // no end
    public void What_is_no_question_is_not_answered(string hexadecimal)
    {
        byte[] buffer = new byte[2048];
        byte[] message = Convert.FromHexString(hexadecimal);
        message.CopyTo(buffer, 0);

        Assert.Equal(0, new NameService(ServerPlaces.Default).Answer(buffer, message.Length));
    }

    [Fact]
    public void An_answer_to_another_question_is_none()
    {
        byte[] buffer = new byte[2048];
        Query.CopyTo(buffer, 0);
        int length = new NameService(ServerPlaces.Default).Answer(buffer, Query.Length);
        buffer[0] ^= 1;

        Assert.False(DnsMessage.TryReadAnswer(Query, buffer.AsSpan(0, length), out _));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\nabc", 200, 39, 15)]
    [InlineData("HTTP/1.1 404 Not Found\r\nDate: x\r\ncontent-length:  0 \r\n\r\n", 404, 56, 0)]
    [InlineData("HTTP/1.1 200 OK\r\nX: y\r\n\r\n", 200, 25, -1)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", 200, 41, -1)]
    public void The_head_of_an_answer_is_read(string text, int status, int length, long content)
    {
        Assert.True(HttpAnswer.TryParse(Encoding.ASCII.GetBytes(text), out HttpAnswer answer));

        Assert.Equal(new HttpAnswer(status, length, content), answer);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 15\r\n")] // not whole
    [InlineData("HTTP/1.0 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n")]
    public void What_is_no_answer_is_refused(string text)
        => Assert.False(HttpAnswer.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void Content_is_told_from_that_of_another_request_and_of_another_place()
    {
        byte[] octets = [.. Enumerable.Range(0, 3).SelectMany(part => Content.At(5, part * 65_521, 65_521).ToArray())];

        Assert.True(Content.Matches(5, 0, octets));
        Assert.True(Content.Matches(5, 70_000, octets.AsSpan(70_000)));
        Assert.False(Content.Matches(6, 0, octets));
        Assert.False(Content.Matches(5, 1, octets));
        octets[^1] ^= 1;
        Assert.False(Content.Matches(5, 0, octets));
    }

    [Fact]
    public void A_game_server_sends_back_what_it_gets_with_the_time()
    {
        byte[] buffer = new byte[100];
        new GameDatagram(7, 3, 1234, 0).Write(buffer);
        buffer[99] = 0xEE;

        Assert.Equal(100, GameService.Answer(buffer, 100));
        Assert.Equal(0, GameService.Answer(buffer, GameDatagram.MinLength - 1));

        Assert.True(GameDatagram.TryRead(buffer, out GameDatagram answer));
        Assert.Equal((7, 3, 1234L), (answer.Client, answer.Sequence, answer.Sent));
        Assert.True(answer.Received > 0);
        Assert.Equal(0xEE, buffer[99]);
    }
}
