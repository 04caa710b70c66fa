using NBomber.Contracts;

namespace NBomber.CSharp;

public static class Response
{
    public static Response<object> Ok() => Ok<object>();

    public static Response<T> Ok<T>(string statusCode = "", long sizeBytes = 0, string message = "")
        => new(statusCode, IsError: false, sizeBytes, message);

    public static Response<T> Fail<T>(string statusCode = "", string message = "", long sizeBytes = 0)
        => new(statusCode, IsError: true, sizeBytes, message);
}
