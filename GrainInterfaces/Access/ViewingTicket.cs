using System.Security.Cryptography;

namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>The digest of the secret that a player shows with each request. Whoever reads grain state cannot look with it.</summary>
[GenerateSerializer, Immutable, Alias("viewing-ticket")]
public readonly record struct ViewingTicket(string Sha256)
{
    public static ViewingTicket Of(ReadOnlySpan<byte> secret) => new(Convert.ToHexStringLower(SHA256.HashData(secret)));
}
