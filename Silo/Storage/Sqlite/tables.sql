-- Tables of the embedded database, version 1. Each statement may run again on a database that has it.
-- Moments are UTC text, so that the file can be read with the sqlite3 tool.

-- Which text the ADO.NET providers of Orleans run for which purpose.
CREATE TABLE IF NOT EXISTS OrleansQuery (
    QueryKey  TEXT PRIMARY KEY,
    QueryText TEXT NOT NULL
) STRICT;

-- Grain state: one row a grain, its payload JSON. A cleared grain has no row.
CREATE TABLE IF NOT EXISTS GrainState (
    ServiceId    TEXT    NOT NULL,
    GrainType    TEXT    NOT NULL,
    GrainIdN0    INTEGER NOT NULL,
    GrainIdN1    INTEGER NOT NULL,
    GrainIdExtension TEXT NOT NULL,
    Payload      BLOB,
    ModifiedOn   TEXT    NOT NULL,
    Version      INTEGER NOT NULL,
    PRIMARY KEY (ServiceId, GrainType, GrainIdN0, GrainIdN1, GrainIdExtension)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS Reminder (
    ServiceId    TEXT    NOT NULL,
    GrainId      TEXT    NOT NULL,
    ReminderName TEXT    NOT NULL,
    StartTime    TEXT    NOT NULL,
    Period       INTEGER NOT NULL, -- milliseconds
    GrainHash    INTEGER NOT NULL,
    Version      INTEGER NOT NULL,
    PRIMARY KEY (ServiceId, GrainId, ReminderName)
) STRICT, WITHOUT ROWID;

-- Each silo reads the rows of its range of hashes every few minutes.
CREATE INDEX IF NOT EXISTS ReminderRange ON Reminder (ServiceId, GrainHash);

-- Silos. The version grows with each change of the table, and a change that expects another version is none.
CREATE TABLE IF NOT EXISTS MembershipVersion (
    DeploymentId TEXT    PRIMARY KEY,
    Version      INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS Membership (
    DeploymentId TEXT    NOT NULL,
    Address      TEXT    NOT NULL,
    Port         INTEGER NOT NULL,
    Generation   INTEGER NOT NULL,
    SiloName     TEXT    NOT NULL,
    HostName     TEXT    NOT NULL,
    Status       INTEGER NOT NULL,
    ProxyPort    INTEGER,
    SuspectTimes TEXT,
    StartTime    TEXT    NOT NULL,
    IAmAliveTime TEXT    NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation)
) STRICT, WITHOUT ROWID;

-- A row and the version must change together, and the providers' queries are single statements. So a change is
-- written here as a wish, and its trigger carries it out when the version is the expected one.
CREATE TABLE IF NOT EXISTS MembershipWish (
    DeploymentId TEXT    NOT NULL,
    Address      TEXT    NOT NULL,
    Port         INTEGER NOT NULL,
    Generation   INTEGER NOT NULL,
    SiloName     TEXT,
    HostName     TEXT,
    Status       INTEGER NOT NULL,
    ProxyPort    INTEGER,
    SuspectTimes TEXT,
    StartTime    TEXT,              -- null when an existing row is changed
    IAmAliveTime TEXT    NOT NULL,
    Expected     INTEGER NOT NULL,
    PRIMARY KEY (DeploymentId)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER IF NOT EXISTS MembershipJoin AFTER INSERT ON MembershipWish
WHEN NEW.StartTime IS NOT NULL
BEGIN
    INSERT INTO Membership (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
    SELECT NEW.DeploymentId, NEW.Address, NEW.Port, NEW.Generation, NEW.SiloName, NEW.HostName, NEW.Status, NEW.ProxyPort, NEW.StartTime, NEW.IAmAliveTime
    WHERE EXISTS (SELECT 1 FROM MembershipVersion WHERE DeploymentId = NEW.DeploymentId AND Version = NEW.Expected)
    ON CONFLICT DO NOTHING;
    UPDATE MembershipVersion SET Version = Version + 1
    WHERE DeploymentId = NEW.DeploymentId AND Version = NEW.Expected AND changes() > 0;
END;

CREATE TRIGGER IF NOT EXISTS MembershipChange AFTER INSERT ON MembershipWish
WHEN NEW.StartTime IS NULL
BEGIN
    UPDATE Membership SET Status = NEW.Status, SuspectTimes = NEW.SuspectTimes, IAmAliveTime = NEW.IAmAliveTime
    WHERE DeploymentId = NEW.DeploymentId AND Address = NEW.Address AND Port = NEW.Port AND Generation = NEW.Generation
      AND EXISTS (SELECT 1 FROM MembershipVersion WHERE DeploymentId = NEW.DeploymentId AND Version = NEW.Expected);
    UPDATE MembershipVersion SET Version = Version + 1
    WHERE DeploymentId = NEW.DeploymentId AND Version = NEW.Expected AND changes() > 0;
END;

-- The trail. Rows go in and never change (R16).
CREATE TABLE IF NOT EXISTS AuditTrail (
    Site     TEXT    NOT NULL,
    Number   INTEGER NOT NULL,
    At       TEXT    NOT NULL,
    Actor    TEXT    NOT NULL,
    Deed     TEXT    NOT NULL,
    Subject  TEXT    NOT NULL,
    Origin   TEXT    NOT NULL,
    Result   TEXT    NOT NULL,
    Opening  INTEGER,
    Detail   TEXT    NOT NULL,
    Previous TEXT    NOT NULL,
    Hash     TEXT    NOT NULL,
    PRIMARY KEY (Site, Number)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS AuditTrailDeed ON AuditTrail (Site, Deed, Subject);

CREATE TRIGGER IF NOT EXISTS AuditTrailIsNeverChanged BEFORE UPDATE ON AuditTrail
BEGIN
    SELECT RAISE(ABORT, 'An entry of the trail is never changed.');
END;

CREATE TRIGGER IF NOT EXISTS AuditTrailIsNeverDeleted BEFORE DELETE ON AuditTrail
BEGIN
    SELECT RAISE(ABORT, 'An entry of the trail is never deleted.');
END;
