namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>What people are told before a talk (R3), made from the regulation in force and never typed (R18).</summary>
/// <param name="TextVersion">Names exactly these texts: the version of the regulation, of their wording, and what is switched off. A letter is recorded with it.</param>
/// <param name="Language">In which they are.</param>
/// <param name="Letter">For the invitation: what, why, how long, who may look, how to object.</param>
/// <param name="Sticker">For the door.</param>
/// <param name="Spoken">To be said at the start of the talk.</param>
[GenerateSerializer, Immutable, Alias("notice-texts")]
public sealed record NoticeTexts(string TextVersion, Language Language, string Letter, string Sticker, string Spoken);
