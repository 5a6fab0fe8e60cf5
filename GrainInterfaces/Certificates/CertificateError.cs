using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.GrainInterfaces.Certificates;

/// <summary>The sentences in which certificate files are refused. None holds a key.</summary>
internal static class CertificateError
{
    public static RecordingClusterException Unusable(string file, string what, Exception? cause = null) =>
        Make($"Certificates: {file} {what} Copy it again from where `certificates` issued it.", cause);

    public static RecordingClusterException Absent(string file, Exception cause) => Make(
        $"Certificates: {file} cannot be read. Make the CA by `certificates init` and the certificate by `certificates issue`, copy ca.crt, ca.crl "
        + "and the process's own .crt and .key, and let its user read them.",
        cause);

    private static RecordingClusterException Make(string message, Exception? cause) =>
        cause is null ? new(ErrorKind.InvalidInput, message) : new(ErrorKind.InvalidInput, message, cause);
}
