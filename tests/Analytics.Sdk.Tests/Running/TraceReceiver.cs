using System.Net;
using System.Net.Sockets;

namespace Analytics.Sdk.Tests.Running;

/// <summary>Takes what an exporter of OpenTelemetry's protocol posts, and keeps the bytes.</summary>
public sealed class TraceReceiver : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly MemoryStream received = new();
    private readonly Task loop;

    public TraceReceiver()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        free.Stop();
        listener.Prefixes.Add(Address);
        listener.Start();
        loop = ReceiveAsync();
    }

    public string Address { get; }

    /// <summary>The bodies of all requests so far, one after the other.</summary>
    public byte[] Received
    {
        get
        {
            lock (received)
            {
                return received.ToArray();
            }
        }
    }

    public void Dispose()
    {
        listener.Close();
        loop.Wait();
        received.Dispose();
    }

    private async Task ReceiveAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            lock (received)
            {
                received.Write(body.GetBuffer(), 0, (int)body.Length);
            }

            context.Response.Close();
        }
    }
}
