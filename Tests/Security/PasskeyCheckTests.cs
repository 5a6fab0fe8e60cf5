using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Silo.Identity;
using RecordingCluster.Silo.Security;

namespace RecordingCluster.Tests.Security;

/// <summary>What is taken for the secretary's own signature, and what is not.</summary>
public sealed class PasskeyCheckTests : IDisposable
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private static readonly GrantStatement Statement = new(
        new AccessRequestId(Guid.Parse("01a212db-68b1-7b06-ba51-498f53a2e7d4")),
        new RecordingId(Guid.Parse("01a212db-6ac7-7101-a03a-11b01f1ef681")),
        new Grant("usr_1", new TimeRange(Nine, Nine.AddMinutes(10)), 1, Nine.AddDays(1), "usr_2", Nine.AddHours(1)));

    private readonly DemoPasskey passkey = new(new PortalAddress("localhost", 8080), TimeProvider.System);
    private readonly PasskeyCheck check = new("localhost", "https://localhost:8080");

    public void Dispose() => passkey.Dispose();

    [Fact]
    public void The_secretarys_signature_under_the_very_statement_holds() => Assert.Null(WhyNot(Signed()));

    [Fact]
    public void The_statement_is_text_that_a_court_can_read() => Assert.Equal(
        """
        recording-cluster grant 1
        request req_01a212db68b17b06ba51498f53a2e7d4
        recording rec_01a212db6ac77101a03a11b01f1ef681
        person usr_1
        from 2026-11-23T09:00:00.0000000Z
        until 2026-11-23T09:10:00.0000000Z
        viewings 1
        valid until 2026-11-24T09:00:00.0000000Z
        decided by usr_2
        decided at 2026-11-23T10:00:00.0000000Z

        """,
        Statement.ToText());

    [Fact]
    public void It_holds_for_no_other_statement_whatever_word_of_it_differs()
    {
        var grant = Statement.Grant;
        GrantStatement[] others =
        [
            Statement with { Request = AccessRequestId.New() },
            Statement with { Recording = RecordingId.New() },
            Statement with { Grant = grant with { Person = "usr_3" } },
            Statement with { Grant = grant with { Window = new TimeRange(Nine, Nine.AddMinutes(10).AddTicks(1)) } },
            Statement with { Grant = grant with { Window = new TimeRange(Nine.AddTicks(-1), Nine.AddMinutes(10)) } },
            Statement with { Grant = grant with { Viewings = 2 } },
            Statement with { Grant = grant with { ValidUntil = Nine.AddDays(2) } },
            Statement with { Grant = grant with { By = "usr_3" } },
            Statement with { Grant = grant with { At = Nine } },
        ];

        Assert.All(others, other => Assert.Equal("it was made for another statement", WhyNot(Signed(), other)));
    }

    [Fact]
    public void It_holds_at_no_other_portal_and_for_no_other_key()
    {
        using var another = new DemoPasskey(new PortalAddress("localhost", 8080), TimeProvider.System);

        Assert.Equal("it was made at another portal", WhyNot(Signed(), check: new PasskeyCheck("localhost", "https://localhost:8081")));
        Assert.Equal("it was made for another portal", WhyNot(Signed(), check: new PasskeyCheck("portal.internal", "https://localhost:8080")));
        Assert.Equal("the key did not sign this", check.WhyNot(Signed(), Statement.ToChallenge(), another.Of("usr_2").PublicKey));
    }

    [Fact]
    public void Without_somebody_present_and_verified_it_is_no_word_of_a_person()
    {
        Assert.Equal("its holder was not verified", WhyNot(With(flags: 0x01)));
        Assert.Equal("nobody was present", WhyNot(With(flags: 0x04)));
    }

    [Fact]
    public void A_sign_in_or_an_enrolment_is_no_answer_to_a_statement()
    {
        var enrolment = Encoding.UTF8.GetString(Signed().ClientData.AsSpan()).Replace("webauthn.get", "webauthn.create", StringComparison.Ordinal);

        Assert.Equal("it is no answer to a challenge", WhyNot(Signed() with { ClientData = [.. Encoding.UTF8.GetBytes(enrolment)] }));
        Assert.Equal("it was made for another statement", WhyNot(passkey.Sign("usr_2", RandomNumberGenerator.GetBytes(32))));
    }

    [Fact]
    public void One_changed_bit_anywhere_and_it_holds_no_longer()
    {
        var sound = Signed();
        foreach (var change in new Func<ImmutableArray<byte>, PasskeySignature>[]
        {
            bytes => sound with { AuthenticatorData = bytes }, bytes => sound with { ClientData = bytes }, bytes => sound with { Signature = bytes },
        }.Zip([sound.AuthenticatorData, sound.ClientData, sound.Signature]))
        {
            for (var bit = 0; bit < change.Second.Length * 8; bit++)
            {
                var flipped = change.Second.ToArray();
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.True(WhyNot(change.First([.. flipped])) is not null, $"bit {bit} of {change.Second.Length} bytes");
            }
        }
    }

    [Fact]
    public void Hostile_bytes_in_any_field_or_key_are_refused_and_do_nothing_else()
    {
        var sound = Signed();
        var key = passkey.Of("usr_2").PublicKey;

        Fuzz.Run([[.. sound.ClientData]], input => check.WhyNot(sound with { ClientData = [.. input] }, Statement.ToChallenge(), key));
        Fuzz.Run([[.. sound.AuthenticatorData]], input => check.WhyNot(sound with { AuthenticatorData = [.. input] }, Statement.ToChallenge(), key));
        Fuzz.Run([[.. sound.Signature]], input => check.WhyNot(sound with { Signature = [.. input] }, Statement.ToChallenge(), key));
        Fuzz.Run([key], input => check.WhyNot(sound, Statement.ToChallenge(), input));
    }

    private PasskeySignature Signed() => passkey.Sign("usr_2", Statement.ToChallenge());

    private PasskeySignature With(byte flags)
    {
        var data = Signed().AuthenticatorData.ToArray();
        data[SHA256.HashSizeInBytes] = flags;
        return Signed() with { AuthenticatorData = [.. data] };
    }

    private string? WhyNot(PasskeySignature signature, GrantStatement? statement = null, PasskeyCheck? check = null) =>
        (check ?? this.check).WhyNot(signature, (statement ?? Statement).ToChallenge(), passkey.Of("usr_2").PublicKey);
}
