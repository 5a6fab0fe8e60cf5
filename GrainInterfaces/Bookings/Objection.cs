using System.Text.Json.Serialization;

namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>Somebody objects to being recorded (R5). Who it is, is not stored (R19).</summary>
/// <param name="Number">Its number within the booking, from 1.</param>
/// <param name="Kind">In which form it came.</param>
/// <param name="Moment">Whether it came before, during or after the talk.</param>
/// <param name="RecordedBy">The opaque subject of the official or booking system that put it in.</param>
/// <param name="At">When.</param>
/// <param name="Decision">The new assessment; null while the objection is open.</param>
[GenerateSerializer, Immutable, Alias("objection")]
public sealed record Objection(int Number, ObjectionKind Kind, ObjectionMoment Moment, string RecordedBy, DateTimeOffset At, ObjectionDecision? Decision = null);

/// <summary>In which form an objection came. Kept apart, since each has its own law and its own terms.</summary>
[Alias("objection-kind")]
public enum ObjectionKind
{
    /// <summary>Said or written without more.</summary>
    Informal,

    /// <summary>By article 21 of the General Data Protection Regulation (AVG).</summary>
    GdprArticle21,

    /// <summary>By the General Administrative Law Act (Awb).</summary>
    AdministrativeLaw,
}

/// <summary>When an objection came.</summary>
[Alias("objection-moment")]
public enum ObjectionMoment
{
    Before,
    During,
    After,
}

/// <summary>The new assessment that an objection leads to.</summary>
[GenerateSerializer, Immutable, Alias("objection-decision")]
[JsonDerivedType(typeof(Upheld), "upheld")]
[JsonDerivedType(typeof(Rejected), "rejected")]
public abstract record ObjectionDecision
{
    private ObjectionDecision()
    {
    }

    /// <summary>Nothing of the talk is recorded, and what was made is erased.</summary>
    [GenerateSerializer, Immutable, Alias("objection-decision.upheld")]
    public sealed record Upheld(string By, DateTimeOffset At) : ObjectionDecision;

    /// <summary>Recording goes on, or what was made may be looked at again.</summary>
    [GenerateSerializer, Immutable, Alias("objection-decision.rejected")]
    public sealed record Rejected(RejectionReason Reason, string By, DateTimeOffset At) : ObjectionDecision;
}

/// <summary>Why an objection is rejected. Closed list.</summary>
[Alias("rejection-reason")]
public enum RejectionReason
{
    /// <summary>The risk of violence was assessed anew and stands.</summary>
    RiskStands,

    /// <summary>The alternatives were weighed anew and none suffices.</summary>
    NoAlternativeSuffices,

    /// <summary>Compelling legitimate grounds outweigh it (AVG article 21, first paragraph).</summary>
    CompellingGrounds,

    /// <summary>It is needed to bring or to answer a legal claim (AVG article 21, first paragraph).</summary>
    LegalClaim,

    /// <summary>It cannot be taken up in the form in which it came (Awb).</summary>
    Inadmissible,
}
