namespace RecordingCluster.Silo.Storage;

/// <summary>The tables of people, their passkeys, and what is proposed about them. What they hold is sealed: see Silo/Identity.</summary>
internal static class SqlitePeople
{
    public const string Tables = """
        CREATE TABLE people
        (
            subject          TEXT    NOT NULL PRIMARY KEY, -- opaque, never a name (R19)
            label            TEXT    NOT NULL,
            roles            INTEGER NOT NULL,
            active           INTEGER NOT NULL,
            stamp            TEXT    NOT NULL,
            revision         INTEGER NOT NULL,
            made_at          TEXT    NOT NULL, -- UTC
            link_digest      BLOB,             -- SHA-256 of a one-time link's secret
            link_code_digest BLOB,
            link_expires_at  TEXT,
            seal             BLOB    NOT NULL
        ) STRICT;

        CREATE UNIQUE INDEX people_by_link ON people (link_digest);

        CREATE TABLE people_passkeys
        (
            credential_id   BLOB    NOT NULL PRIMARY KEY,
            subject         TEXT    NOT NULL REFERENCES people (subject),
            label           TEXT    NOT NULL,
            public_key      BLOB    NOT NULL, -- COSE
            sign_count      INTEGER NOT NULL,
            transports      TEXT    NOT NULL,
            backup_eligible INTEGER NOT NULL,
            backed_up       INTEGER NOT NULL,
            added_at        TEXT    NOT NULL
        ) STRICT;

        CREATE INDEX people_passkeys_by_subject ON people_passkeys (subject);

        CREATE TABLE people_proposals
        (
            id          TEXT NOT NULL PRIMARY KEY,
            proposed_by TEXT NOT NULL,
            change      TEXT NOT NULL, -- JSON
            expires_at  TEXT NOT NULL,
            code_digest BLOB,
            phase       TEXT NOT NULL, -- JSON
            seal        BLOB NOT NULL
        ) STRICT;
        """;
}
