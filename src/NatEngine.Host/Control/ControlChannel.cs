namespace NatEngine.Host.Control;

/// <summary>
/// The words of the control protocol, over a Unix stream socket. The client sends one line, the request; the server
/// answers with any number of lines and closes.
/// </summary>
/// <remarks>
/// <para>The first octet of an answer's line says where the rest of it belongs: <c>1</c> to the client's standard
/// output, <c>2</c> to its standard error. The last line is <c>0</c> and the client's exit code; an answer without it
/// was cut short.</para>
/// <para>Any line-based tool can speak it: <c>echo stats | nc -U /run/natengine/control.sock</c>.</para>
/// </remarks>
internal static class ControlChannel
{
    /// <summary>Where the socket is unless told otherwise.</summary>
    internal const string DefaultPath = "/run/natengine/control.sock";

    /// <summary>The longest request, in octets.</summary>
    internal const int LongestRequest = 4096;

    internal const byte Output = (byte)'1';
    internal const byte Error = (byte)'2';
    internal const byte End = (byte)'0';
}
