namespace RecordingCluster.Silo.Trail;

/// <summary>Section <c>Trail</c>: where signed heads of the trail are kept outside the database, and how often one is signed.</summary>
internal sealed class TrailOptions
{
    /// <summary>Left out: <c>heads</c> in the storage folder. Another disk, or a folder that is copied away, is better: who owns the database should not own the heads.</summary>
    public string? HeadsFolder { get; set; }

    public TimeSpan HeadEvery { get; set; } = TimeSpan.FromMinutes(15);

    public IEnumerable<string> Faults()
    {
        if (HeadsFolder is not null && (string.IsNullOrWhiteSpace(HeadsFolder) || File.Exists(HeadsFolder)))
        {
            yield return "Trail:HeadsFolder must name a folder that exists or can be made. An example that is right: /mnt/heads.";
        }

        // What comes after the last head can be cut off unseen.
        if (HeadEvery < TimeSpan.FromSeconds(10) || HeadEvery > TimeSpan.FromDays(1))
        {
            yield return "Trail:HeadEvery must be 10 seconds to 1 day. An example that is right: 00:15:00.";
        }
    }
}
