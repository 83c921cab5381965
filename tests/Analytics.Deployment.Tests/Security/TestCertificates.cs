using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Analytics.Deployment.Tests.Security;

/// <summary>A folder with an authority, certificates of a server and a client that it signed, and another authority.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("certificates-");

    /// <summary>Makes them.</summary>
    /// <param name="address">The address that the server's certificate is for.</param>
    public TestCertificates(string address)
    {
        using var authority = Authority("ca");
        using var other = Authority("other");
        Write("ca.crt", authority.ExportCertificatePem());
        Write("other.crt", other.ExportCertificatePem());
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        ServerThumbprint = Sign(authority, "server", names.Build());
        Sign(authority, "dbt", null);
    }

    /// <summary>Holds <c>ca.crt</c>, <c>other.crt</c>, <c>server.crt</c>, <c>server.key</c>, <c>dbt.crt</c> and <c>dbt.key</c>.</summary>
    public string Folder => folder.FullName;

    /// <summary>The hash of the server's certificate.</summary>
    public string ServerThumbprint { get; }

    public void Dispose() => folder.Delete(recursive: true);

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private string Sign(X509Certificate2 authority, string name, X509Extension? names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        if (names is not null)
        {
            request.CertificateExtensions.Add(names);
        }

        using var signed = request.Create(
            authority,
            authority.NotBefore,
            authority.NotAfter,
            RandomNumberGenerator.GetBytes(8)
        );
        Write($"{name}.crt", signed.ExportCertificatePem());
        Write($"{name}.key", key.ExportPkcs8PrivateKeyPem());
        return signed.GetCertHashString();
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(Folder, file), text + "\n");
}
