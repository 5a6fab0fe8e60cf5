using System.Text.RegularExpressions;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.GrainInterfaces.References;

/// <summary>Finds what looks like a person in a reference (R19): citizen number, e-mail address, phone number.</summary>
public static partial class PersonalData
{
    /// <summary>Says what <paramref name="text"/> looks like, or null when it looks like nothing personal.</summary>
    public static string? Find(string text)
    {
        if (EmailAddress().IsMatch(text))
        {
            return "an e-mail address";
        }

        if (PhoneNumber().IsMatch(text))
        {
            return "a phone number";
        }

        foreach (Match number in NineDigits().Matches(text))
        {
            if (PassesElevenTest(number.Value))
            {
                return "a citizen service number (BSN)";
            }
        }

        return null;
    }

    /// <summary>Refuses <paramref name="text"/> when it looks personal.</summary>
    /// <exception cref="RecordingClusterException">InvalidInput, naming <paramref name="field"/>; the text itself is not repeated.</exception>
    public static void Refuse(string field, string text)
    {
        if (Find(text) is { } likeness)
        {
            throw RecordingClusterException.Invalid(
                field, $"looks like {likeness}, and nothing personal is stored here (R19).", "Use the opaque reference of the case or booking system.");
        }
    }

    // The eleven-test of the BSN: 9a + 8b + … + 2h − i is a multiple of eleven (Logisch Ontwerp BSN).
    private static bool PassesElevenTest(string digits)
    {
        var sum = -(digits[8] - '0');
        for (var i = 0; i < 8; i++)
        {
            sum += (9 - i) * (digits[i] - '0');
        }

        return sum % 11 == 0 && sum != 0;
    }

    // Not within a longer number, nor within the hexadecimal digits of a UUID.
    [GeneratedRegex(@"(?<![\da-fA-F])\d{9}(?![\da-fA-F])", RegexOptions.CultureInvariant)]
    private static partial Regex NineDigits();

    [GeneratedRegex(@"[^\s@]+@[^\s@]+\.[^\s@]+", RegexOptions.CultureInvariant)]
    private static partial Regex EmailAddress();

    // Dutch numbers as people write them: 06-12345678, 020 1234567, +31 6 12345678, 0031612345678.
    [GeneratedRegex(@"(?<![\da-fA-F])(\+31|0031|0)[ -]?[1-9](?:[ -]?\d){8}(?![\da-fA-F])", RegexOptions.CultureInvariant)]
    private static partial Regex PhoneNumber();
}
