using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Analytics.Deployment.Tests.Faults;

/// <summary>
/// Stands between a publish and its server. When it cuts, all that the publish can still do is nothing: for the server that is what it
/// looks like when the process was killed or the network went.
/// </summary>
internal sealed class ServerProxy : IDisposable
{
    private readonly TcpListener listener;
    private readonly List<Socket> sockets = [];
    private readonly string host;
    private readonly int port;
    private bool isCut;
    private byte[]? refusal;

    public ServerProxy(string host, int port, int listensOn = 0)
    {
        listener = new TcpListener(IPAddress.Loopback, listensOn);
        this.host = host;
        this.port = port;
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where the publish connects to.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Looks at what the client sends, before (false) and after (true) it goes on to the server; true cuts.</summary>
    public Func<ReadOnlyMemory<byte>, bool, bool>? Cuts { get; set; }

    /// <summary>Whether only the connection is cut that <see cref="Cuts"/> was asked for.</summary>
    public bool CutsOne { get; init; }

    /// <summary>Whether what the server answers is lost.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>Answers new connections as a server does that does not take them, until <see cref="Mend"/>.</summary>
    public void Refuse(string state, string message)
    {
        var fields = Encoding.ASCII.GetBytes($"SFATAL\0VFATAL\0C{state}\0M{message}\0\0");
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, fields.Length + 4);
        refusal = [(byte)'E', .. length, .. fields];
    }

    /// <summary>Breaks all connections and takes no more.</summary>
    public void Cut()
    {
        lock (sockets)
        {
            isCut = true;
            foreach (var socket in sockets)
            {
                // With a reset, and not in order.
                socket.Close(0);
            }

            sockets.Clear();
        }
    }

    /// <summary>Takes connections again.</summary>
    public void Mend()
    {
        lock (sockets)
        {
            isCut = false;
            refusal = null;
            LosesAnswers = false;
        }
    }

    public void Dispose()
    {
        Cut();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptSocketAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }

            if (refusal is { } answer)
            {
                _ = RefuseAsync(client, answer);
                continue;
            }

            var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(host, port);
            }
            catch (SocketException)
            {
                client.Close(0);
                continue;
            }

            lock (sockets)
            {
                if (isCut)
                {
                    client.Close(0);
                    server.Close(0);
                    continue;
                }

                sockets.AddRange([client, server]);
            }

            _ = PumpAsync(client, server, fromClient: true);
            _ = PumpAsync(server, client, fromClient: false);
        }
    }

    // The server's end stays open where one is cut: it does not know yet.
    private void Cut(Socket client)
    {
        if (CutsOne)
        {
            client.Close(0);
            return;
        }

        Cut();
    }

    private async Task RefuseAsync(Socket client, byte[] answer)
    {
        var buffer = new byte[8192];
        try
        {
            // A client that would like TLS, or Kerberos, asks for that first, in eight bytes.
            while (await client.ReceiveAsync(buffer) == 8)
            {
                await client.SendAsync("N"u8.ToArray());
            }

            await client.SendAsync(answer);
        }
        catch (SocketException)
        {
            // It did not want to know.
        }

        client.Close();
    }

    private async Task PumpAsync(Socket from, Socket to, bool fromClient)
    {
        var buffer = new byte[65536];
        try
        {
            while (await from.ReceiveAsync(buffer) is var count and > 0)
            {
                var part = buffer.AsMemory(0, count);
                if (fromClient && Cuts?.Invoke(part, false) == true)
                {
                    Cut(from);
                    return;
                }

                if (fromClient || !LosesAnswers)
                {
                    await to.SendAsync(part);
                }

                if (fromClient && Cuts?.Invoke(part, true) == true)
                {
                    Cut(from);
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The other end is gone, or this proxy has cut.
        }

        from.Close();
        to.Close();
    }
}
