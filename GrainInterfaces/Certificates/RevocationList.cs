using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RecordingCluster.GrainInterfaces.Certificates;

/// <summary>A revocation list (RFC 5280, version 2): which serials its CA has taken back.</summary>
/// <remarks>.NET makes such lists and does not read them. What is not as <c>certificates</c> writes it is refused, never skipped.</remarks>
internal sealed class RevocationList
{
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    private const string NumberExtension = "2.5.29.20";
    private const string AuthorityKeyExtension = "2.5.29.35";

    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 0);

    private readonly HashSet<BigInteger> serials = [];
    private readonly ReadOnlyMemory<byte> signedPart;
    private readonly byte[] signature;

    private RevocationList(byte[] bytes)
    {
        var outer = new AsnReader(bytes, AsnEncodingRules.DER);
        var list = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        signedPart = list.PeekEncodedValue();
        var content = list.ReadSequence();
        ExpectAlgorithm(list);
        signature = list.ReadBitString(out var unusedBits);
        Expect(unusedBits == 0, "has no whole signature");
        list.ThrowIfNotEmpty();

        Expect(content.ReadInteger() == 1, "is no list of version 2");
        ExpectAlgorithm(content);
        Issuer = content.ReadEncodedValue().ToArray();
        ReadTime(content);
        Until = ReadTime(content);
        if (content.HasData && content.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            ReadSerials(content.ReadSequence());
        }

        var extensions = content.ReadSequence(Extensions);
        content.ThrowIfNotEmpty();
        Number = ReadNumber(extensions.ReadSequence());
        extensions.ThrowIfNotEmpty();
    }

    /// <summary>The CA's name, as it stands in the list.</summary>
    public ReadOnlyMemory<byte> Issuer { get; }

    /// <summary>Grows with each list of the same CA.</summary>
    public BigInteger Number { get; }

    /// <summary>When the list says nothing any more.</summary>
    public DateTimeOffset Until { get; }

    /// <exception cref="CryptographicException">These bytes are no list as we write them.</exception>
    public static RevocationList Read(byte[] bytes)
    {
        try
        {
            return new RevocationList(bytes);
        }
        catch (AsnContentException fault)
        {
            throw new CryptographicException("It is no revocation list.", fault);
        }
    }

    public bool Has(X509Certificate2 certificate) => serials.Contains(new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true));

    public bool IsBy(X509Certificate2 authority)
    {
        if (!authority.SubjectName.RawData.AsSpan().SequenceEqual(Issuer.Span))
        {
            return false;
        }

        using var key = authority.GetECDsaPublicKey();
        return key!.VerifyData(signedPart.Span, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private void ReadSerials(AsnReader entries)
    {
        while (entries.HasData)
        {
            var entry = entries.ReadSequence();
            serials.Add(entry.ReadInteger());
            ReadTime(entry);
            if (entry.HasData)
            {
                ReadExtensions(entry.ReadSequence(), (_, _, critical) => Expect(!critical, "has an entry with a critical extension"));
            }

            entry.ThrowIfNotEmpty();
        }
    }

    private static BigInteger ReadNumber(AsnReader extensions)
    {
        BigInteger? number = null;
        ReadExtensions(extensions, (name, value, critical) =>
        {
            if (name == NumberExtension)
            {
                var inner = new AsnReader(value, AsnEncodingRules.DER);
                number = inner.ReadInteger();
                inner.ThrowIfNotEmpty();
            }
            else
            {
                // A delta list, or one of several for the same CA, says so by a critical extension.
                Expect(name == AuthorityKeyExtension || !critical, "has a critical extension that is not ours");
            }
        });
        Expect(number is not null, "has no number");
        return number!.Value;
    }

    private static void ReadExtensions(AsnReader extensions, Action<string, ReadOnlyMemory<byte>, bool> each)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var name = extension.ReadObjectIdentifier();
            var critical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            each(name, extension.ReadOctetString(), critical);
            extension.ThrowIfNotEmpty();
        }
    }

    private static void ExpectAlgorithm(AsnReader reader)
    {
        var algorithm = reader.ReadSequence();
        Expect(algorithm.ReadObjectIdentifier() == EcdsaWithSha256, "is not signed by ECDSA with SHA-256");
        algorithm.ThrowIfNotEmpty();
    }

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new CryptographicException($"The list {otherwise}.");
        }
    }
}
