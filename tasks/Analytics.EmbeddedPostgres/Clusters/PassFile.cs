using System.Security.Cryptography;
using System.Text;

namespace Analytics.EmbeddedPostgres.Clusters;

/// <summary>
/// The only place where a cluster's passwords are: a file in <c>.pgpass</c> format that libpq and Npgsql read themselves.
/// </summary>
internal static class PassFile
{
    public const string Name = "passwords.pgpass";

    /// <summary>A new random password: 192 bits, in letters and digits, so that it needs no escape anywhere.</summary>
    public static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    /// <summary>Writes the file anew, readable by the current user only from its first byte.</summary>
    public static void Write(string path, IEnumerable<(string User, string Password)> passwords)
    {
        var text = new StringBuilder();
        foreach (var (user, password) in passwords)
        foreach (var host in new[] { "127.0.0.1", "localhost" })
            text.Append(host).Append(":*:*:").Append(user).Append(':').Append(password).Append('\n');

        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // Written beside and moved over: a reader sees all of it or none.
        var fresh = path + ".new";
        File.Delete(fresh);
        using (var stream = new FileStream(fresh, options))
            stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
        File.Move(fresh, path, overwrite: true);
    }
}
