using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.Silo.Security;

namespace RecordingCluster.Tests.Security;

/// <summary>Which tokens are believed (DESIGN §6).</summary>
public sealed class SignedCallersTests
{
    private static readonly Caller Secretary = new("secretary-1", Roles.Secretary);
    private static readonly DateTimeOffset Nine = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Nine);
    private readonly TestCertificates cluster = new();
    private readonly SignedCallers callers;

    public SignedCallersTests() => callers = new SignedCallers(cluster, clock);

    [Fact]
    public async Task A_silo_speaks_for_itself_and_for_the_people_at_its_portal()
    {
        var both = new Caller("official-1", Roles.Official | Roles.Reception);

        Assert.Equal(Secretary, await Believed(Sign(Secretary)));
        Assert.Equal(both, await Believed(Sign(both)));
        Assert.Equal(Caller.Silo, await Believed(Sign(Caller.Silo)));
    }

    [Fact]
    public async Task A_booking_client_speaks_for_itself_and_claims_nothing_more()
    {
        var client = cluster.Issue("room-booking", CertificateRole.BookingClient);
        var itself = new Caller("room-booking", Roles.BookingSystem);

        Assert.Equal(itself, await Believed(CallerToken.Sign(itself, client, Nine)));
        foreach (var more in new[]
        {
            Secretary, Caller.Silo, itself with { Subject = "another" }, itself with { Roles = Roles.BookingSystem | Roles.Operator }, itself with { Roles = Roles.None },
        })
        {
            Assert.Equal("a token that claims more than its signer may", await Fault(CallerToken.Sign(more, client, Nine)));
        }
    }

    [Fact]
    public async Task A_token_ends_with_its_term_to_the_second_also_when_it_was_believed_before()
    {
        var token = Sign(Secretary);
        await Believed(token);

        clock.Advance(CallerToken.Lifetime - TimeSpan.FromTicks(1));
        var lastMoment = await Believed(token);
        clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(Secretary, lastMoment);
        Assert.Equal("a token whose time has passed, has not come, or is too long", await Fault(token));
    }

    [Fact]
    public async Task A_token_that_is_believed_is_known_by_its_digest_until_it_ends_and_no_other_is()
    {
        var token = Sign(Secretary);
        var digest = CallerToken.DigestOf(token);
        Assert.Equal(CallerToken.DigestCharacters, digest.Length);
        await Unknown(digest);
        await Believed(token);

        clock.Advance(CallerToken.Lifetime - TimeSpan.FromTicks(1));
        var lastMoment = await callers.Verify(digest);
        clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal((Secretary, token), (lastMoment.Caller, lastMoment.Token));
        Assert.Equal("a token whose time has passed, has not come, or is too long", await Fault(digest));
        await Unknown(digest);
    }

    [Fact]
    public async Task The_digest_of_a_token_that_was_refused_names_nobody()
    {
        var altered = Sign(Secretary)[..^4] + "AAAA";

        Assert.NotNull(await Fault(altered));

        await Unknown(CallerToken.DigestOf(altered));
    }

    [Fact]
    public async Task A_token_from_the_future_or_with_a_longer_term_than_ours_is_refused()
    {
        var future = CallerToken.Sign(Secretary, cluster.Own, Nine.AddMinutes(1));
        var longer = Changed(Secretary, payload: claims => claims["exp"] = Nine.AddDays(1).ToUnixTimeSeconds());

        Assert.Equal("a token whose time has passed, has not come, or is too long", await Fault(future));
        Assert.Equal("a token whose time has passed, has not come, or is too long", await Fault(longer));
    }

    [Fact]
    public async Task A_token_of_an_unknown_key_is_refused_and_so_is_one_whose_signer_was_revoked_meanwhile()
    {
        var client = cluster.Issue("room-booking", CertificateRole.BookingClient);
        var token = CallerToken.Sign(new Caller("room-booking", Roles.BookingSystem), client, Nine);
        await Believed(token);

        cluster.Revoke(client);
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("a token whose signer is unknown, expired or revoked", await Fault(CallerToken.DigestOf(token)));
        Assert.Equal("a token whose signer is unknown, expired or revoked", await Fault(token));
        Assert.Equal("a token whose signer is unknown, expired or revoked", await Fault(CallerToken.Sign(Secretary, TestCertificates.Make("silo-1"), Nine)));
    }

    [Fact]
    public async Task A_certificate_of_ours_in_the_header_does_not_help_a_token_that_another_key_signed()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var forged = Changed(Secretary, sign: bytes => other.SignData(bytes, HashAlgorithmName.SHA256));

        Assert.Equal("a token that was altered, or made for others", await Fault(forged));
    }

    [Fact]
    public async Task A_token_whose_roles_subject_or_signature_were_altered_is_refused()
    {
        var parts = Sign(new Caller("official-1", Roles.Official)).Split('.');
        var roles = Decode(parts[1]);
        roles["roles"] = new JsonArray("Secretary");
        var subject = Decode(parts[1]);
        subject["sub"] = "official-2";

        Assert.Equal("a token that was altered, or made for others", await Fault($"{parts[0]}.{Encode(roles)}.{parts[2]}"));
        Assert.Equal("a token that was altered, or made for others", await Fault($"{parts[0]}.{Encode(subject)}.{parts[2]}"));
        Assert.NotNull(await Fault($"{parts[0]}.{parts[1]}.{parts[2][..^2]}"));
        Assert.NotNull(await Fault($"{parts[0]}.{parts[1]}."));
    }

    [Fact]
    public async Task A_token_for_another_audience_or_issuer_or_of_another_kind_is_refused()
    {
        Assert.Equal("a token that was altered, or made for others", await Fault(Changed(Secretary, payload: claims => claims["aud"] = "another-cluster")));
        Assert.Equal("a token that was altered, or made for others", await Fault(Changed(Secretary, payload: claims => claims["iss"] = "silo-2")));
        Assert.Equal("a token of another kind or algorithm", await Fault(Changed(Secretary, header: fields => fields["typ"] = "JWT")));
    }

    [Fact]
    public async Task No_signature_and_a_hash_under_the_public_key_are_no_signatures()
    {
        var publicKey = cluster.Own.GetECDsaPublicKey()!.ExportSubjectPublicKeyInfo();

        var none = Changed(Secretary, header: fields => fields["alg"] = "none", sign: _ => []);
        var hashed = Changed(Secretary, header: fields => fields["alg"] = "HS256", sign: bytes => HMACSHA256.HashData(publicKey, bytes));

        Assert.Equal("a token of another kind or algorithm", await Fault(none));
        Assert.Equal("a token of another kind or algorithm", await Fault(hashed));
    }

    [Theory]
    [InlineData("CameraAdministrator", "Secretary")]
    [InlineData("Operator", "DataProtectionOfficer")]
    [InlineData("Silo", "Official")]
    [InlineData("secretary")]
    [InlineData("16")]
    public async Task Roles_that_exclude_each_other_or_are_none_are_refused_even_from_a_silo(params string[] roles)
    {
        var token = Changed(Secretary, payload: claims => claims["roles"] = new JsonArray([.. roles.Select(role => JsonValue.Create(role))]));

        Assert.Equal("a token that claims more than its signer may", await Fault(token));
    }

    [Fact]
    public void Hostile_tokens_are_refused_and_do_nothing_else()
    {
        var sound = Sign(Secretary);

        Fuzz.Run([Encoding.ASCII.GetBytes(sound), Encoding.ASCII.GetBytes(CallerToken.DigestOf(sound))], input =>
        {
            var verdict = callers.Verify(Encoding.Latin1.GetString(input)).AsTask();
            Assert.True(verdict.IsCompletedSuccessfully, $"{verdict.Exception}");
        });
    }

    private string Sign(Caller caller) => CallerToken.Sign(caller, cluster.Own, Nine);

    private async Task<Caller?> Believed(string token)
    {
        var verdict = await callers.Verify(token);
        Assert.Null(verdict.Fault);
        return verdict.Caller;
    }

    private async Task<string?> Fault(string token)
    {
        var verdict = await callers.Verify(token);
        Assert.Null(verdict.Caller);
        return verdict.Fault;
    }

    private async Task Unknown(string digest) => await Assert.ThrowsAsync<TokenUnknownException>(async () => await callers.Verify(digest));

    // A sound token of this cluster, changed before it is signed anew.
    private string Changed(Caller caller, Action<JsonObject>? header = null, Action<JsonObject>? payload = null, Func<byte[], byte[]>? sign = null)
    {
        var parts = Sign(caller).Split('.');
        var (fields, claims) = (Decode(parts[0]), Decode(parts[1]));
        header?.Invoke(fields);
        payload?.Invoke(claims);
        var text = $"{Encode(fields)}.{Encode(claims)}";
        using var own = cluster.Own.GetECDsaPrivateKey()!;
        sign ??= bytes => own.SignData(bytes, HashAlgorithmName.SHA256);
        return $"{text}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private static JsonObject Decode(string part) => JsonNode.Parse(Base64UrlEncoder.DecodeBytes(part))!.AsObject();

    private static string Encode(JsonObject part) => Base64UrlEncoder.Encode(part.ToJsonString());
}
