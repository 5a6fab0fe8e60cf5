using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RecordingCluster.GrainInterfaces.Callers;

/// <summary>The text form in which a caller travels with a call.</summary>
/// <remarks>It states who calls and is not yet signed: whoever reaches a port is believed. Keep the ports on loopback.</remarks>
public static class CallerToken
{
    public static string Of(Caller caller) => $"{(int)caller.Roles}:{caller.Subject}";

    public static bool TryRead(string? token, [NotNullWhen(true)] out Caller? caller)
    {
        caller = null;
        var colon = token?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon <= 0 || !int.TryParse(token.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var roles))
        {
            return false;
        }

        var subject = token![(colon + 1)..];
        if (subject.Length is 0 or > 64)
        {
            return false;
        }

        caller = new Caller(subject, (Roles)roles);
        return true;
    }
}
