using System.Threading;
using System.Threading.Tasks;

namespace NatEngine.Host.Control;

/// <summary>Answers one request of a client of the control socket.</summary>
/// <param name="request">The words of the request.</param>
/// <param name="response">Takes the answer's lines.</param>
/// <param name="cancellation">Ends the answer: the gateway stops.</param>
/// <returns>The client's exit code.</returns>
internal delegate Task<int> ControlHandler(
    string[] request, ControlResponse response, CancellationToken cancellation);
