namespace RecordingCluster.Silo.Storage;

/// <summary>The tables of people, their passkeys, and what is proposed about them. What they hold is sealed: see Silo/Identity.</summary>
internal static class PeopleSql
{
    public static string Tables(SqlDialect sql) => $"""
        CREATE TABLE people
        (
            subject          TEXT    NOT NULL PRIMARY KEY, -- opaque, never a name (R19)
            label            TEXT    NOT NULL,
            roles            INTEGER NOT NULL,
            active           INTEGER NOT NULL,
            stamp            TEXT    NOT NULL,
            revision         {sql.Long} NOT NULL,
            made_at          TEXT    NOT NULL, -- UTC
            link_digest      {sql.Bytes},             -- SHA-256 of a one-time link's secret
            link_code_digest {sql.Bytes},
            link_expires_at  TEXT,
            seal             {sql.Bytes}    NOT NULL
        ){sql.TableEnd};

        CREATE UNIQUE INDEX people_by_link ON people (link_digest);

        CREATE TABLE people_passkeys
        (
            credential_id   {sql.Bytes}    NOT NULL PRIMARY KEY,
            subject         TEXT    NOT NULL REFERENCES people (subject),
            label           TEXT    NOT NULL,
            public_key      {sql.Bytes}    NOT NULL, -- COSE
            sign_count      {sql.Long} NOT NULL,
            transports      TEXT    NOT NULL,
            backup_eligible INTEGER NOT NULL,
            backed_up       INTEGER NOT NULL,
            added_at        TEXT    NOT NULL
        ){sql.TableEnd};

        CREATE INDEX people_passkeys_by_subject ON people_passkeys (subject);

        CREATE TABLE people_proposals
        (
            id          {sql.Guid} NOT NULL PRIMARY KEY,
            proposed_by TEXT NOT NULL,
            change      TEXT NOT NULL, -- JSON
            expires_at  TEXT NOT NULL,
            code_digest {sql.Bytes},
            phase       TEXT NOT NULL, -- JSON
            seal        {sql.Bytes} NOT NULL
        ){sql.TableEnd};
        """;
}
