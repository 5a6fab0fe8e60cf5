using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.GrainInterfaces.References;

/// <summary>The rule for names that the configuration gives to sites, rooms and cameras; they become grain keys.</summary>
public static class Names
{
    private const int LongestName = 40;

    public static bool IsName(string? text) =>
        text is { Length: > 0 and <= LongestName } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    internal static string Checked(string field, string? text)
    {
        if (!IsName(text))
        {
            throw RecordingClusterException.Invalid(
                field, $"must be 1 to {LongestName} characters out of a-z, 0-9 and -.", "An example that is right: room-1.");
        }

        PersonalData.Refuse(field, text!);
        return text!;
    }
}
