using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.GrainInterfaces.References;

/// <summary>The rule that all opaque references from other systems keep.</summary>
internal static class ReferenceText
{
    // A UUID has 36 characters, a URL of a case system rarely more than 100.
    private const int LongestReference = 128;

    public static string Checked(string field, string? text)
    {
        if (!IsFormed(text))
        {
            throw RecordingClusterException.Invalid(
                field,
                $"must be 1 to {LongestReference} characters out of letters, digits and . _ : / - without spaces, and have a digit.",
                "An example that is right: 0b9c5f1e-7d0a-4f0e-9a53-6f2f0f3f8c11.");
        }

        PersonalData.Refuse(field, text!);
        return text!;
    }

    public static bool IsRight(string? text) => IsFormed(text) && PersonalData.Find(text!) is null;

    // A reference that a system gives out counts, so it has digits; what has none is more likely somebody's name.
    private static bool IsFormed(string? text) =>
        text is { Length: > 0 and <= LongestReference } && text.All(IsPlain) && text.Any(char.IsAsciiDigit);

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '/' or '-';
}
