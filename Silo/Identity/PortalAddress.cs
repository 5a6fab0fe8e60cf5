namespace RecordingCluster.Silo.Identity;

/// <summary>Where browsers find the portal. Passkeys are bound to the name, and answer to this origin only.</summary>
internal sealed record PortalAddress(string Name, int Port)
{
    public string Origin => new UriBuilder(Uri.UriSchemeHttps, Name, Port).Uri.GetLeftPart(UriPartial.Authority);

    // The secret stands behind the #, which no browser sends and no log holds.
    public string EnrolmentLink(string token) => $"{Origin}/enrol#{token}";
}
