namespace RecordingCluster.Silo.Security;

/// <summary>Where a secret of one line stands: in a file for the silo's user alone, or in an environment variable. Never in the settings themselves.</summary>
internal sealed record SecretSource(string? File, string? Variable)
{
    public bool IsNamed => (File ?? Variable) is not null;

    /// <summary>Its line as it is now; null when there is none.</summary>
    public string? Read() => File is { } file ? System.IO.File.ReadLines(file).FirstOrDefault()
        : Variable is { } variable ? Environment.GetEnvironmentVariable(variable)
        : null;

    /// <summary>What is wrong with it, each as a sentence.</summary>
    /// <param name="section">The section that names it.</param>
    /// <param name="setting">The first part of the names of its two settings, as in <c>Credentials</c>File.</param>
    /// <param name="holds">What its line must be.</param>
    /// <param name="isRight">Whether a line is that.</param>
    public IEnumerable<string> Faults(string section, string setting, string holds, Func<string, bool> isRight)
    {
        if (File is not null && Variable is not null)
        {
            yield return $"{section} names both {setting}File and {setting}Variable. Keep one of them.";
        }

        if (File is not null && !System.IO.File.Exists(File))
        {
            yield return $"{section}:{setting}File names {File}, which does not exist. Make it with one line {holds} and mode 0600.";
        }
        else if (File is not null && (System.IO.File.GetUnixFileMode(File) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
        {
            yield return $"{section}:{setting}File names {File}, which others can read. Run: chmod 600 {File}";
        }
        else if (IsNamed && !(Read() is { } line && isRight(line)))
        {
            yield return $"{section}: {File ?? Variable} does not hold {holds} on one line.";
        }
    }

    public override string ToString() => $"[secret of {File ?? Variable}]";
}
