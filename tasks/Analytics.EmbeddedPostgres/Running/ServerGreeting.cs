using System.Net;
using System.Net.Sockets;

namespace Analytics.EmbeddedPostgres.Running;

/// <summary>Asks a port whether a PostgreSQL answers there.</summary>
internal static class ServerGreeting
{
    /// <summary>An idle machine answers within a millisecond; a stopped process accepts and stays silent.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The protocol's SSLRequest: length 8, code 80877103. Every server answers it with one byte, before it asks who is
    /// there, and writes nothing to its log.
    /// </summary>
    private static readonly byte[] SslRequest = [0, 0, 0, 8, 4, 210, 22, 47];

    /// <summary>True when a PostgreSQL answers on the loopback address.</summary>
    public static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        using var client = new TcpClient(AddressFamily.InterNetwork);
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(SslRequest, limit.Token);
            var answer = new byte[1];
            return await stream.ReadAsync(answer, limit.Token) == 1 && answer[0] is (byte)'N' or (byte)'S';
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
