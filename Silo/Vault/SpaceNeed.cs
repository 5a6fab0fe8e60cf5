namespace RecordingCluster.Silo.Vault;

/// <summary>What a part will take of the disk, so that no other program takes it first.</summary>
/// <param name="Bytes">As much as it can become.</param>
/// <param name="OrRefuse">True where the part is refused when there is not as much; false where what is there is taken, since a little is better than a gap.</param>
internal readonly record struct SpaceNeed(long Bytes, bool OrRefuse);
