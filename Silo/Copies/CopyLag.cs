namespace RecordingCluster.Silo.Copies;

/// <summary>What of this silo's own parts is not in the copy yet.</summary>
/// <param name="Parts">How many lack something, or are not known to be whole.</param>
/// <param name="Since">For how long one of them has lacked something; null when none does.</param>
/// <param name="Why">What holds it up; null when nothing does, and it is under way.</param>
internal sealed record CopyLag(int Parts, DateTimeOffset? Since, CopyHindrance? Why)
{
    public static readonly CopyLag None = new(0, null, null);
}

/// <summary>What holds a copy up.</summary>
internal enum CopyHindrance
{
    /// <summary>The sister's silo cannot be reached now, or does not answer in time.</summary>
    Away,

    /// <summary>The sister's disk has no room for it.</summary>
    NoRoom,

    /// <summary>Something else, which the log names.</summary>
    Failed,
}
