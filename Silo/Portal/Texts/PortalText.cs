namespace RecordingCluster.Silo.Portal.Texts;

/// <summary>What the portal says. The Dutch sentence is its own key; <c>PortalText.en.resx</c> has the English for each.</summary>
internal sealed class PortalText;
