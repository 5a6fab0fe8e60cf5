using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.References;

namespace RecordingCluster.Tests.References;

/// <summary>R19: what looks like a person is refused; what is opaque is not.</summary>
public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("123456782")]
    [InlineData("zaak-111222333-a")]
    [InlineData("jan.jansen@gemeente.nl")]
    [InlineData("0612345678")]
    [InlineData("020-1234567")]
    [InlineData("0031612345678")]
    public void A_citizen_number_an_address_and_a_phone_number_are_found(string text) => Assert.NotNull(PersonalData.Find(text));

    [Theory]
    [InlineData("123456789")] // nine digits that do not pass the eleven-test
    [InlineData("0b9c5f1e-7d0a-4f0e-9a53-6f2f0f3f8c11")]
    [InlineData("walk-01a20dd39b0f723087f2e19dbb504cdf")]
    [InlineData("123456782abc4f0e9a536f2f0f3f8c11")]
    [InlineData("Z-2026-004711")]
    public void An_opaque_reference_is_not(string text) => Assert.Null(PersonalData.Find(text));

    [Theory]
    [InlineData("Zandbergen")]
    [InlineData("Wubbo-Zandbergen")]
    [InlineData("W. Zandbergen 2")]
    public void What_has_no_digit_or_has_spaces_is_no_reference_but_more_likely_a_name(string text)
    {
        var refused = Assert.Throws<RecordingClusterException>(() => new CaseReference(text).Check());

        Assert.Equal((ErrorKind.InvalidInput, false), (refused.Kind, refused.Message.Contains(text, StringComparison.Ordinal)));
    }
}
