using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Silo.Portal;

namespace RecordingCluster.Tests.Portal;

/// <summary>What the portal says, it says in Dutch and in English.</summary>
public sealed partial class PortalTextTests
{
    [Fact]
    public void Every_Dutch_sentence_has_its_English_and_no_English_is_left_over()
    {
        var english = XDocument.Load(Path.Combine(Silo(), "Portal", "Texts", "PortalText.en.resx")).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Value);

        var dutch = Sources().SelectMany(text => Key().Matches(text)).Select(match => match.Groups[1].Value.Replace("\\\"", "\"", StringComparison.Ordinal))
            .Concat(DemoPeople.All.Select(person => person.Dutch))
            .Concat(MenuItem().Matches(File.ReadAllText(Path.Combine(Silo(), "Portal", "Pages", "PortalLayout.razor"))).Select(match => match.Groups[1].Value))
            .ToHashSet();

        Assert.Empty(dutch.Except(english.Keys));
        Assert.Empty(english.Keys.Except(dutch));
        Assert.DoesNotContain(english, sentence => string.IsNullOrWhiteSpace(sentence.Value));

        // Of two that differ in their capitals alone the build takes one into the satellite assembly, and drops the other.
        Assert.Equal(english.Keys.Order(), english.Keys.DistinctBy(key => key.ToUpperInvariant()).Order());
        Assert.All(english, sentence => Assert.Equal(Places(sentence.Key), Places(sentence.Value)));
    }

    [Fact]
    public void The_demo_has_one_person_for_each_role_of_people() =>
        Assert.Equal(Enum.GetValues<Roles>().Where(role => (role & RoleRules.OfPeople) != 0).Order(), DemoPeople.All.Select(person => person.Caller.Roles).Order());

    private static IEnumerable<string> Places(string sentence) => Place().Matches(sentence).Select(match => match.Value).Order();

    private static IEnumerable<string> Sources() => new[] { "*.razor", "*.cs" }
        .SelectMany(kind => new[] { "Portal", "Identity", "Playback" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Silo(), folder), kind, SearchOption.AllDirectories)))
        .Select(File.ReadAllText);

    private static string Silo([CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", "Silo");

    [GeneratedRegex("""\b[Tt]ext\["((?:[^"\\]|\\.)*)"[\],]""")]
    private static partial Regex Key();

    [GeneratedRegex("""\("/[^"]*", "([^"]+)", """)]
    private static partial Regex MenuItem();

    [GeneratedRegex(@"\{\d[^}]*\}")]
    private static partial Regex Place();
}
