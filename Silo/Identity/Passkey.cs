using Microsoft.AspNetCore.Identity;

namespace RecordingCluster.Silo.Identity;

/// <summary>One enrolled passkey: the public half, as the authenticator gave it.</summary>
internal sealed class Passkey
{
    public required byte[] CredentialId { get; init; }

    public required string Subject { get; init; }

    /// <summary>What its owner calls it, to know it again when one of them is lost.</summary>
    public required string Label { get; init; }

    /// <summary>COSE key.</summary>
    public required byte[] PublicKey { get; init; }

    public long SignCount { get; set; }

    public string Transports { get; init; } = "";

    public bool IsBackupEligible { get; init; }

    public bool IsBackedUp { get; set; }

    public DateTimeOffset AddedAt { get; init; }

    /// <summary>How pages and proposals name it.</summary>
    public string Id => Convert.ToHexStringLower(CredentialId);

    public static Passkey Of(string subject, string label, UserPasskeyInfo info, DateTimeOffset now) => new()
    {
        CredentialId = info.CredentialId,
        Subject = subject,
        Label = label,
        PublicKey = info.PublicKey,
        SignCount = info.SignCount,
        Transports = string.Join(',', info.Transports ?? []),
        IsBackupEligible = info.IsBackupEligible,
        IsBackedUp = info.IsBackedUp,
        AddedAt = now,
    };

    // What the authenticator said of itself at enrolment is not kept: nothing is decided on it later.
    public UserPasskeyInfo ToInfo() => new(
        CredentialId, PublicKey, AddedAt, (uint)SignCount, Transports.Length == 0 ? null : Transports.Split(','),
        isUserVerified: true, IsBackupEligible, IsBackedUp, attestationObject: [], clientDataJson: []) { Name = Label };
}
