namespace RecordingCluster.Silo.Storage;

/// <summary>Bookings as they were kept before one knew who assessed it, and its talk who holds it: rewritten to what they are now.</summary>
/// <remarks>
/// Who booked and who started it, and when, the trail says; where it does not, <c>unknown</c> and the talk's own times stand.
/// The letter then had one text, in Dutch, and so had the word that was spoken; of the letter the text's version was not kept.
/// </remarks>
internal static class BookingsSql
{
    private const string Request = "phase -> 'plan' -> 'request'";
    private const string Begins = $"{Request} -> 'time' ->> 'from'";

    public static string Carry(SqlDialect sql) => $"""
        WITH old AS
        (
            SELECT ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString, {sql.JsonOf("PayloadBinary")} -> 'phase' AS phase
            FROM OrleansStorage
            WHERE GrainTypeString = 'booking' AND PayloadBinary IS NOT NULL
        ),
        told AS
        (
            SELECT old.*,
                coalesce({First("booking/book", sql.Before("actor", " ("))}, 'unknown') AS booked_by,
                coalesce({First("booking/book", "at")}, {Begins}) AS booked_at,
                coalesce({First("booking/start", sql.Before("actor", " ("))}, 'unknown') AS started_by,
                coalesce(phase ->> 'startedAt', {Begins}) AS started_at
            FROM old
            WHERE {Request} IS NOT NULL
        ),
        planned AS (SELECT told.*, {Plan(sql)} AS plan, {sql.JsonObject}('language', 'dutch', 'by', started_by, 'at', started_at) AS spoken FROM told),
        kept AS (SELECT planned.*, {Kept(sql)} AS kept FROM planned),
        held AS (SELECT kept.*, {sql.JsonObject}('interviewer', started_by, 'startedAt', started_at, 'kept', {sql.Json("kept")}) AS talk FROM kept),
        carried AS (SELECT held.*, {Phase(sql)} AS now FROM held)
        UPDATE OrleansStorage SET Version = Version + 1, PayloadBinary = {sql.BytesOf($"{sql.JsonObject}('phase', {sql.Json("now")})")}
        FROM carried
        WHERE OrleansStorage.ServiceId = carried.ServiceId
            AND OrleansStorage.GrainTypeString = carried.GrainTypeString
            AND OrleansStorage.GrainIdN0 = carried.GrainIdN0
            AND OrleansStorage.GrainIdN1 = carried.GrainIdN1
            AND OrleansStorage.GrainIdExtensionString = carried.GrainIdExtensionString;
        """;

    // Of the entry with which it was first done. An actor is "subject (Role)".
    private static string First(string deed, string what) =>
        $"(SELECT {what} FROM audit_trail WHERE deed = '{deed}' AND subject = 'booking/' || old.GrainIdExtensionString AND result = 'Done' ORDER BY number LIMIT 1)";

    private static string Plan(SqlDialect sql)
    {
        var assessed = $"{sql.JsonObject}('assessment', {Request} -> 'assessment', 'by', booked_by, 'at', booked_at)";
        var letter = $"{sql.JsonObject}('sentOn', phase -> 'plan' -> 'letterSentOn', 'textVersion', 'unknown', 'language', 'dutch')";
        var letterIfSent = sql.Json($"CASE WHEN phase -> 'plan' ->> 'letterSentOn' IS NOT NULL THEN {letter} END");
        return $"{sql.JsonObject}('time', {Request} -> 'time', 'room', phase -> 'plan' -> 'room', 'assessments', {sql.JsonArray}({assessed}), 'objections', {sql.JsonArray}(), 'letter', {letterIfSent})";
    }

    private static string Kept(SqlDialect sql) =>
        $"CASE WHEN phase ->> 'recording' IS NULL THEN {sql.JsonObject}('is', 'off', 'why', 'normalRisk')"
        + $" ELSE {sql.JsonObject}('is', 'recorded', 'recording', phase -> 'recording', 'spoken', {sql.Json("spoken")}) END";

    private static string Phase(SqlDialect sql)
    {
        var plan = $"'plan', {sql.Json("plan")}";
        var talk = $"'talk', {sql.Json("talk")}";
        return $"CASE phase ->> 'is' WHEN 'starting' THEN {sql.JsonObject}('is', 'starting', {plan}, 'recording', phase -> 'recording', 'spoken', {sql.Json("spoken")})"
            + $" WHEN 'talking' THEN {sql.JsonObject}('is', 'talking', {plan}, {talk})"
            + $" WHEN 'ended' THEN {sql.JsonObject}('is', 'ended', {plan}, {talk}, 'endedAt', phase -> 'endedAt')"
            + $" ELSE {sql.JsonObject}('is', 'booked', {plan}) END";
    }
}
