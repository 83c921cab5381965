using System.Net;
using System.Net.Sockets;

namespace Analytics.EmbeddedPostgres.Running;

/// <summary>Chooses a TCP port on the loopback address. Another program may take it before the server does: retry.</summary>
internal static class FreePort
{
    /// <summary>The preferred port when it is free, else one that the system chooses.</summary>
    public static int Choose(int? preferred) => (preferred is { } port ? TryBind(port) : null) ?? TryBind(0)!.Value;

    private static int? TryBind(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException) when (port != 0)
        {
            return null;
        }
    }
}
