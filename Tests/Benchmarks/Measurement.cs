namespace RecordingCluster.Benchmarks;

/// <summary>One number of ours beside its yardstick, both of the same run: these machines are noisy, and only the ratio tells.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">Of both numbers.</param>
/// <param name="Ours">Our number.</param>
/// <param name="Yardstick">The other's.</param>
/// <param name="Aim">What the ratio should be.</param>
/// <param name="LessIsBetter">Whether the ratio should stay below the aim.</param>
internal sealed record Measurement(string Name, string Unit, double Ours, double Yardstick, double Aim, bool LessIsBetter)
{
    public double Ratio => Ours / Yardstick;

    public bool Met => LessIsBetter ? Ratio <= Aim : Ratio >= Aim;
}
