namespace RecordingCluster.Silo.Capture;

/// <summary>A camera's user name and password. It cannot be printed.</summary>
internal sealed class CameraCredentials
{
    private readonly string user;
    private readonly string password;

    private CameraCredentials(string user, string password) => (this.user, this.password) = (user, password);

    /// <summary>User and password as they stand in an address, each character that means something there encoded.</summary>
    public string UserInfo => $"{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password)}@";

    /// <summary>What the options name; null when they name nothing, or it does not hold user:password.</summary>
    public static CameraCredentials? Find(CameraOptions options) => Of(options.Credentials().Read());

    /// <summary>Reads user:password; null when it is not that.</summary>
    public static CameraCredentials? Of(string? line) =>
        line?.Split(':', 2) is [{ Length: > 0 } user, { Length: > 0 } password] ? new CameraCredentials(user, password) : null;

    /// <summary>Takes the secret out of a line that somebody else wrote.</summary>
    public string Redact(string line) =>
        line.Replace(UserInfo, "[secret]@", StringComparison.Ordinal)
            .Replace(Uri.EscapeDataString(password), "[secret]", StringComparison.Ordinal)
            .Replace(password, "[secret]", StringComparison.Ordinal);

    public override string ToString() => "[credentials]";
}
