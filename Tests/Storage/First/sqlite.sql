PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE OrleansQuery (QueryKey TEXT NOT NULL PRIMARY KEY, QueryText TEXT NOT NULL) STRICT;
INSERT INTO OrleansQuery VALUES('WriteToStorageKey',replace('INSERT INTO OrleansStorage\n    (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString, PayloadBinary, Version)\nSELECT\n    @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, ifnull(@GrainIdExtensionString, ''''), @PayloadBinary, 1\nWHERE @GrainStateVersion IS NULL OR EXISTS (SELECT 1 FROM OrleansStorage WHERE\n    ServiceId = @ServiceId\n    AND GrainTypeString = @GrainTypeString\n    AND GrainIdN0 = @GrainIdN0\n    AND GrainIdN1 = @GrainIdN1\n    AND GrainIdExtensionString = ifnull(@GrainIdExtensionString, ''''))\nON CONFLICT DO UPDATE\n    SET PayloadBinary = excluded.PayloadBinary, Version = Version + 1\n    WHERE Version = @GrainStateVersion\nRETURNING Version AS NewGrainStateVersion','\n',char(10)));
INSERT INTO OrleansQuery VALUES('ReadFromStorageKey',replace('SELECT PayloadBinary, Version FROM OrleansStorage WHERE\n    ServiceId = @ServiceId\n    AND GrainTypeString = @GrainTypeString\n    AND GrainIdN0 = @GrainIdN0\n    AND GrainIdN1 = @GrainIdN1\n    AND GrainIdExtensionString = ifnull(@GrainIdExtensionString, '''')','\n',char(10)));
INSERT INTO OrleansQuery VALUES('ClearStorageKey',replace('UPDATE OrleansStorage SET PayloadBinary = NULL, Version = Version + 1 WHERE\n    ServiceId = @ServiceId\n    AND GrainTypeString = @GrainTypeString\n    AND GrainIdN0 = @GrainIdN0\n    AND GrainIdN1 = @GrainIdN1\n    AND GrainIdExtensionString = ifnull(@GrainIdExtensionString, '''')\nAND Version = @GrainStateVersion\nRETURNING Version AS NewGrainStateVersion','\n',char(10)));
INSERT INTO OrleansQuery VALUES('DeleteStorageKey',replace('DELETE FROM OrleansStorage WHERE\n    ServiceId = @ServiceId\n    AND GrainTypeString = @GrainTypeString\n    AND GrainIdN0 = @GrainIdN0\n    AND GrainIdN1 = @GrainIdN1\n    AND GrainIdExtensionString = ifnull(@GrainIdExtensionString, '''')\nAND Version = @GrainStateVersion\nRETURNING Version + 1 AS NewGrainStateVersion','\n',char(10)));
INSERT INTO OrleansQuery VALUES('UpsertReminderRowKey',replace('INSERT INTO OrleansRemindersTable\n    (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)\nVALUES\n    (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)\nON CONFLICT DO UPDATE\n    SET StartTime = excluded.StartTime, Period = excluded.Period, GrainHash = excluded.GrainHash, Version = Version + 1\nRETURNING Version','\n',char(10)));
INSERT INTO OrleansQuery VALUES('ReadReminderRowsKey',replace('SELECT GrainId, ReminderName, StartTime, Period, Version\nFROM OrleansRemindersTable\nWHERE ServiceId = @ServiceId AND GrainId = @GrainId','\n',char(10)));
INSERT INTO OrleansQuery VALUES('ReadReminderRowKey',replace('SELECT GrainId, ReminderName, StartTime, Period, Version\nFROM OrleansRemindersTable\nWHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName','\n',char(10)));
INSERT INTO OrleansQuery VALUES('ReadRangeRows1Key',replace('SELECT GrainId, ReminderName, StartTime, Period, Version\nFROM OrleansRemindersTable\nWHERE ServiceId = @ServiceId AND GrainHash > @BeginHash AND GrainHash <= @EndHash','\n',char(10)));
INSERT INTO OrleansQuery VALUES('ReadRangeRows2Key',replace('SELECT GrainId, ReminderName, StartTime, Period, Version\nFROM OrleansRemindersTable\nWHERE ServiceId = @ServiceId AND (GrainHash > @BeginHash OR GrainHash <= @EndHash)','\n',char(10)));
INSERT INTO OrleansQuery VALUES('DeleteReminderRowKey',replace('DELETE FROM OrleansRemindersTable\nWHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName AND Version = @Version;\nSELECT changes() > 0;','\n',char(10)));
INSERT INTO OrleansQuery VALUES('DeleteReminderRowsKey','DELETE FROM OrleansRemindersTable WHERE ServiceId = @ServiceId');
INSERT INTO OrleansQuery VALUES('InsertMembershipVersionKey',replace('INSERT INTO OrleansMembershipVersionTable (DeploymentId, Version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING;\nSELECT changes() > 0;','\n',char(10)));
INSERT INTO OrleansQuery VALUES('InsertMembershipKey',replace('INSERT INTO OrleansMembershipTable\n    (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)\nSELECT\n    DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime\nFROM OrleansMembershipVersionTable\nWHERE DeploymentId = @DeploymentId AND Version = @Version\nON CONFLICT DO NOTHING;\nSELECT changes() > 0;','\n',char(10)));
INSERT INTO OrleansQuery VALUES('UpdateMembershipKey',replace('UPDATE OrleansMembershipTable\nSET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime\nWHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation\n    AND EXISTS (SELECT 1 FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId AND Version = @Version);\nSELECT changes() > 0;','\n',char(10)));
INSERT INTO OrleansQuery VALUES('UpdateIAmAlivetimeKey','UPDATE OrleansMembershipTable SET IAmAliveTime = @IAmAliveTime WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation');
INSERT INTO OrleansQuery VALUES('MembershipReadRowKey',replace('SELECT\n    v.DeploymentId, v.Version, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes,\n    m.StartTime, m.IAmAliveTime\nFROM OrleansMembershipVersionTable v\nLEFT JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation\nWHERE v.DeploymentId = @DeploymentId','\n',char(10)));
INSERT INTO OrleansQuery VALUES('MembershipReadAllKey',replace('SELECT\n    v.DeploymentId, v.Version, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes,\n    m.StartTime, m.IAmAliveTime\nFROM OrleansMembershipVersionTable v\nLEFT JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId\nWHERE v.DeploymentId = @DeploymentId','\n',char(10)));
INSERT INTO OrleansQuery VALUES('GatewaysQueryKey',replace('SELECT Address, ProxyPort, Generation FROM OrleansMembershipTable\nWHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0','\n',char(10)));
INSERT INTO OrleansQuery VALUES('DeleteMembershipTableEntriesKey','DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId');
INSERT INTO OrleansQuery VALUES('CleanupDefunctSiloEntriesKey',replace('DELETE FROM OrleansMembershipTable\nWHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status = 6','\n',char(10)));
CREATE TABLE OrleansStorage
(
    ServiceId              TEXT    NOT NULL,
    GrainTypeString        TEXT    NOT NULL,
    GrainIdN0              INTEGER NOT NULL,
    GrainIdN1              INTEGER NOT NULL,
    GrainIdExtensionString TEXT    NOT NULL, -- empty where Orleans has none, since NULLs are never equal to each other
    PayloadBinary          BLOB,             -- JSON
    Version                INTEGER NOT NULL, -- the etag
    PRIMARY KEY (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString)
) STRICT;
INSERT INTO OrleansStorage VALUES('recording-cluster','room',0,0,'room-1',X'7b22737469636b6572436865636b65644f6e223a22323032362d31312d3238222c227265736572766564223a5b7b22626f6f6b696e67223a7b2276616c7565223a2277616c6b2d3031613232323164343236383733356362616534613562643532323136353431227d2c2274696d65223a7b2266726f6d223a22323032362d31312d32385431323a32343a33322e363432383232392b30303a3030222c22756e74696c223a22323032362d31312d32385431323a32373a33322e363432383232392b30303a3030227d7d5d2c2274616c6b223a7b22626f6f6b696e67223a7b2276616c7565223a2277616c6b2d3031613232323164343236383733356362616534613562643532323136353431227d2c227265636f7264696e67223a7b2276616c7565223a2230316132323231642d343464382d373439362d613139662d613435633438346439666138227d7d2c227265636f7264696e6773223a5b5d7d',3);
INSERT INTO OrleansStorage VALUES('recording-cluster','room',0,0,'room-2',X'7b22737469636b6572436865636b65644f6e223a22323032362d31312d3238222c227265736572766564223a5b7b22626f6f6b696e67223a7b2276616c7565223a2277616c6b2d3031613232323164343236383732386461336464303834316138343164366333227d2c2274696d65223a7b2266726f6d223a22323032362d31312d32385431323a32343a33322e363234313033332b30303a3030222c22756e74696c223a22323032362d31312d32385431323a32373a33322e363234313033332b30303a3030227d7d5d2c2274616c6b223a7b22626f6f6b696e67223a7b2276616c7565223a2277616c6b2d3031613232323164343236383732386461336464303834316138343164366333227d2c227265636f7264696e67223a7b2276616c7565223a2230316132323231642d343464382d373539332d626432332d373563633431623535323930227d7d2c227265636f7264696e6773223a5b5d7d',3);
INSERT INTO OrleansStorage VALUES('recording-cluster','booking',0,0,'walk-01a2221d4268728da3dd0841a841d6c3',X'7b227068617365223a7b226973223a2274616c6b696e67222c22706c616e223a7b2272657175657374223a7b2274696d65223a7b2266726f6d223a22323032362d31312d32385431323a32343a33322e363234313033332b30303a3030222c22756e74696c223a22323032362d31312d32385431323a32373a33322e363234313033332b30303a3030227d2c226173736573736d656e74223a7b227269736b223a22726169736564222c2267726f756e6473223a5b22746872656174225d2c2277656967686564223a5b226e6f6e655375666669636573225d7d7d2c22726f6f6d223a7b2276616c7565223a22726f6f6d2d32227d2c226c657474657253656e744f6e223a22323032362d31312d3238227d2c227265636f7264696e67223a7b2276616c7565223a2230316132323231642d343464382d373539332d626432332d373563633431623535323930227d2c22737461727465644174223a22323032362d31312d32385431323a32343a33352e353632343039312b30303a3030227d7d',4);
INSERT INTO OrleansStorage VALUES('recording-cluster','booking',0,0,'walk-01a2221d4268735cbae4a5bd52216541',X'7b227068617365223a7b226973223a2274616c6b696e67222c22706c616e223a7b2272657175657374223a7b2274696d65223a7b2266726f6d223a22323032362d31312d32385431323a32343a33322e363432383232392b30303a3030222c22756e74696c223a22323032362d31312d32385431323a32373a33322e363432383232392b30303a3030227d2c226173736573736d656e74223a7b227269736b223a22726169736564222c2267726f756e6473223a5b22746872656174225d2c2277656967686564223a5b226e6f6e655375666669636573225d7d7d2c22726f6f6d223a7b2276616c7565223a22726f6f6d2d31227d2c226c657474657253656e744f6e223a22323032362d31312d3238227d2c227265636f7264696e67223a7b2276616c7565223a2230316132323231642d343464382d373439362d613139662d613435633438346439666138227d2c22737461727465644174223a22323032362d31312d32385431323a32343a33352e353433393639362b30303a3030227d7d',4);
INSERT INTO OrleansStorage VALUES('recording-cluster','recording',8472191018545062429,-8047170289949924419,'',X'7b227068617365223a7b226973223a22636170747572696e67222c226d616b696e67223a7b226f72646572223a7b22626f6f6b696e67223a7b2276616c7565223a2277616c6b2d3031613232323164343236383732386461336464303834316138343164366333227d2c22726f6f6d223a7b2276616c7565223a22726f6f6d2d32227d2c2263616d657261223a7b2276616c7565223a2263616d6572612d32227d2c2273746f704174223a22323032362d31312d32385431323a33373a33322e363234313033332b30303a3030227d2c22737461727465644174223a22323032362d31312d32385431323a32343a33332e333030373036322b30303a3030222c22657870697265734174223a22323032362d31322d31325431323a32343a33332e333030373036322b30303a3030222c22726567756c6174696f6e56657273696f6e223a226d6f64656c2d31227d7d2c227061727473223a5b7b226964223a7b227265636f7264696e67223a7b2276616c7565223a2230316132323231642d343464382d373539332d626432332d373563633431623535323930227d2c2265706f6368223a312c226e756d626572223a317d2c227370616e223a7b2266726f6d223a22323032362d31312d32385431323a32343a33342e353536343236392b30303a3030222c22756e74696c223a22323032362d31312d32385431323a32343a35302e3535363433382b30303a3030227d2c22667261676d656e7473223a31362c22766964656f4672616d6573223a3234302c22736f756e64223a2230303a30303a31362e30323030303030222c227365616c65644279746573223a313136343439352c227374617465223a226f70656e227d5d7d',17);
INSERT INTO OrleansStorage VALUES('recording-cluster','recording',8400977849437266461,-6296228780853387359,'',X'7b227068617365223a7b226973223a22636170747572696e67222c226d616b696e67223a7b226f72646572223a7b22626f6f6b696e67223a7b2276616c7565223a2277616c6b2d3031613232323164343236383733356362616534613562643532323136353431227d2c22726f6f6d223a7b2276616c7565223a22726f6f6d2d31227d2c2263616d657261223a7b2276616c7565223a2263616d6572612d31227d2c2273746f704174223a22323032362d31312d32385431323a33373a33322e363432383232392b30303a3030227d2c22737461727465644174223a22323032362d31312d32385431323a32343a33332e333030363632312b30303a3030222c22657870697265734174223a22323032362d31322d31325431323a32343a33332e333030363632312b30303a3030222c22726567756c6174696f6e56657273696f6e223a226d6f64656c2d31227d7d2c227061727473223a5b7b226964223a7b227265636f7264696e67223a7b2276616c7565223a2230316132323231642d343464382d373439362d613139662d613435633438346439666138227d2c2265706f6368223a312c226e756d626572223a317d2c227370616e223a7b2266726f6d223a22323032362d31312d32385431323a32343a33342e353035323835352b30303a3030222c22756e74696c223a22323032362d31312d32385431323a32343a35302e353035333734322b30303a3030227d2c22667261676d656e7473223a31362c22766964656f4672616d6573223a3234302c22736f756e64223a2230303a30303a31362e30323030303030222c227365616c65644279746573223a313136343839352c227374617465223a226f70656e227d5d7d',16);
INSERT INTO OrleansStorage VALUES('recording-cluster','camera',0,0,'camera-1',X'7b2265706f6368223a312c226f72646572223a7b227265636f7264696e67223a7b2276616c7565223a2230316132323231642d343464382d373439362d613139662d613435633438346439666138227d2c2273697465223a7b2276616c7565223a22746f776e2d68616c6c227d2c22726f6f6d223a7b2276616c7565223a22726f6f6d2d31227d2c22737461727465644174223a22323032362d31312d32385431323a32343a33332e333030363632312b30303a3030222c22657870697265734174223a22323032362d31322d31325431323a32343a33332e333030363632312b30303a3030222c2273746f704174223a22323032362d31312d32385431323a33373a33322e363432383232392b30303a3030222c22726567756c6174696f6e56657273696f6e223a226d6f64656c2d31227d7d',1);
INSERT INTO OrleansStorage VALUES('recording-cluster','camera',0,0,'camera-2',X'7b2265706f6368223a312c226f72646572223a7b227265636f7264696e67223a7b2276616c7565223a2230316132323231642d343464382d373539332d626432332d373563633431623535323930227d2c2273697465223a7b2276616c7565223a22746f776e2d68616c6c227d2c22726f6f6d223a7b2276616c7565223a22726f6f6d2d32227d2c22737461727465644174223a22323032362d31312d32385431323a32343a33332e333030373036322b30303a3030222c22657870697265734174223a22323032362d31322d31325431323a32343a33332e333030373036322b30303a3030222c2273746f704174223a22323032362d31312d32385431323a33373a33322e363234313033332b30303a3030222c22726567756c6174696f6e56657273696f6e223a226d6f64656c2d31227d7d',1);
CREATE TABLE OrleansRemindersTable
(
    ServiceId    TEXT    NOT NULL,
    GrainId      TEXT    NOT NULL,
    ReminderName TEXT    NOT NULL,
    StartTime    TEXT    NOT NULL, -- UTC
    Period       INTEGER NOT NULL, -- milliseconds
    GrainHash    INTEGER NOT NULL, -- place on the ring, as a signed number of 32 bits
    Version      INTEGER NOT NULL, -- the etag
    PRIMARY KEY (ServiceId, GrainId, ReminderName)
) STRICT;
INSERT INTO OrleansRemindersTable VALUES('recording-cluster','booking/walk-01a2221d4268728da3dd0841a841d6c3','talk-end','2026-11-28 12:37:32.6286673',60000,-1171640836,0);
INSERT INTO OrleansRemindersTable VALUES('recording-cluster','booking/walk-01a2221d4268735cbae4a5bd52216541','talk-end','2026-11-28 12:37:32.6662194',60000,-631491616,0);
INSERT INTO OrleansRemindersTable VALUES('recording-cluster','recording/01a2221d44d87593bd2375cc41b55290','expiry','2026-12-12 12:24:33.3017706',3600000,-1311549867,0);
INSERT INTO OrleansRemindersTable VALUES('recording-cluster','recording/01a2221d44d87496a19fa45c484d9fa8','expiry','2026-12-12 12:24:33.302881',3600000,-1603576228,0);
CREATE TABLE OrleansMembershipVersionTable
(
    DeploymentId TEXT    NOT NULL PRIMARY KEY,
    Version      INTEGER NOT NULL
) STRICT;
INSERT INTO OrleansMembershipVersionTable VALUES('recording-cluster',2);
CREATE TABLE OrleansMembershipTable
(
    DeploymentId TEXT    NOT NULL REFERENCES OrleansMembershipVersionTable ON DELETE CASCADE,
    Address      TEXT    NOT NULL,
    Port         INTEGER NOT NULL,
    Generation   INTEGER NOT NULL,
    SiloName     TEXT    NOT NULL,
    HostName     TEXT    NOT NULL,
    Status       INTEGER NOT NULL, -- 3 is active, 6 is dead
    ProxyPort    INTEGER NOT NULL, -- the gateway's port; 0 where there is none
    SuspectTimes TEXT,
    StartTime    TEXT    NOT NULL, -- UTC
    IAmAliveTime TEXT    NOT NULL, -- UTC
    PRIMARY KEY (DeploymentId, Address, Port, Generation)
) STRICT;
INSERT INTO OrleansMembershipTable VALUES('recording-cluster','127.0.0.1',18111,154873469,'Silo_cd788','vm',3,18112,NULL,'2026-11-28 12:24:29.484187','2026-11-28 12:24:38.4205844');
CREATE TABLE audit_trail
(
    site     TEXT    NOT NULL,
    number   INTEGER NOT NULL, -- place in the site's chain, from 1
    at       TEXT    NOT NULL, -- UTC
    actor    TEXT    NOT NULL,
    deed     TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    origin   TEXT    NOT NULL,
    result   TEXT    NOT NULL CHECK (result IN ('Opened', 'Done', 'Refused', 'Unknown')),
    opening  INTEGER,          -- for a closing entry: the number of the entry that opened the deed
    detail   TEXT    NOT NULL, -- JSON
    previous TEXT    NOT NULL, -- hash of the entry before
    hash     TEXT    NOT NULL,
    PRIMARY KEY (site, number)
) STRICT;
INSERT INTO audit_trail VALUES('town-hall',1,'2026-11-28T12:24:32.7236106Z','walk (BookingSystem)','booking/book','booking/walk-01a2221d4268728da3dd0841a841d6c3','client','Opened',NULL,'{}','0000000000000000000000000000000000000000000000000000000000000000','b4034a0c4ca4cd5f6fe7ecc25480a4e0c9d4540ad1aebba4a77984882f4a79e5');
INSERT INTO audit_trail VALUES('town-hall',2,'2026-11-28T12:24:32.7322793Z','walk (BookingSystem)','booking/book','booking/walk-01a2221d4268735cbae4a5bd52216541','client','Opened',NULL,'{}','b4034a0c4ca4cd5f6fe7ecc25480a4e0c9d4540ad1aebba4a77984882f4a79e5','fd5d3b014d2b79270bca6520ea2bdf28ea65f786b192634628f5738344280a4b');
INSERT INTO audit_trail VALUES('town-hall',3,'2026-11-28T12:24:32.9907422Z','walk (BookingSystem)','booking/book','booking/walk-01a2221d4268735cbae4a5bd52216541','client','Done',2,'{"name":"Given","facts":{"room":{"value":"room-1"},"refusal":null}}','fd5d3b014d2b79270bca6520ea2bdf28ea65f786b192634628f5738344280a4b','236f338b612c0d43640e577e2cfe40cefefb9537308da4cfdc3024e2f2b4cd84');
INSERT INTO audit_trail VALUES('town-hall',4,'2026-11-28T12:24:32.9922249Z','walk (BookingSystem)','booking/book','booking/walk-01a2221d4268728da3dd0841a841d6c3','client','Done',1,'{"name":"Given","facts":{"room":{"value":"room-2"},"refusal":null}}','236f338b612c0d43640e577e2cfe40cefefb9537308da4cfdc3024e2f2b4cd84','a97f53939a263c429ce3b889b51be016900a90c8badd79194d73f8987015f56c');
INSERT INTO audit_trail VALUES('town-hall',5,'2026-11-28T12:24:33.1182058Z','walk (BookingSystem)','booking/start','booking/walk-01a2221d4268728da3dd0841a841d6c3','client','Opened',NULL,'{}','a97f53939a263c429ce3b889b51be016900a90c8badd79194d73f8987015f56c','d417640d744feb1e3189ee5da82687ed8091c91e23e2a71f5154b0bda87cf4b9');
INSERT INTO audit_trail VALUES('town-hall',6,'2026-11-28T12:24:33.1196684Z','walk (BookingSystem)','booking/start','booking/walk-01a2221d4268735cbae4a5bd52216541','client','Opened',NULL,'{}','d417640d744feb1e3189ee5da82687ed8091c91e23e2a71f5154b0bda87cf4b9','8977fc5eb28e4c0525af26311436dd4bd4c91c03f82ef38b8acceb47b45090ae');
INSERT INTO audit_trail VALUES('town-hall',7,'2026-11-28T12:24:33.1612354Z','walk (BookingSystem)','booking/start','booking/walk-01a2221d4268728da3dd0841a841d6c3','client','Refused',5,'{"reason":"missing: Sticker, Letter, Spoken"}','8977fc5eb28e4c0525af26311436dd4bd4c91c03f82ef38b8acceb47b45090ae','6dcdcd3d18f1184b9a78c98ed5fb8a7381ac4fd233ec3550d6bb501dde677dc7');
INSERT INTO audit_trail VALUES('town-hall',8,'2026-11-28T12:24:33.1634085Z','walk (BookingSystem)','booking/start','booking/walk-01a2221d4268735cbae4a5bd52216541','client','Refused',6,'{"reason":"missing: Sticker, Letter, Spoken"}','6dcdcd3d18f1184b9a78c98ed5fb8a7381ac4fd233ec3550d6bb501dde677dc7','f97f50c75662f5f8d1e0031be0607f52679249c97f92c3d65eebbef0115be203');
INSERT INTO audit_trail VALUES('town-hall',9,'2026-11-28T12:24:33.1907242Z','walk (BookingSystem)','booking/letter','booking/walk-01a2221d4268735cbae4a5bd52216541','client','Opened',NULL,'{}','f97f50c75662f5f8d1e0031be0607f52679249c97f92c3d65eebbef0115be203','b5c4a3426cb3e10ca30aedaabc1cbb883ac63939cf05c3201f3de7be4709f7ee');
INSERT INTO audit_trail VALUES('town-hall',10,'2026-11-28T12:24:33.1919515Z','walk (BookingSystem)','booking/letter','booking/walk-01a2221d4268728da3dd0841a841d6c3','client','Opened',NULL,'{}','b5c4a3426cb3e10ca30aedaabc1cbb883ac63939cf05c3201f3de7be4709f7ee','11ee41b97659121966e0265c67190281787332cbfc30401f737674de951c0fad');
INSERT INTO audit_trail VALUES('town-hall',11,'2026-11-28T12:24:33.2007170Z','walk (BookingSystem)','booking/letter','booking/walk-01a2221d4268728da3dd0841a841d6c3','client','Done',10,'{}','11ee41b97659121966e0265c67190281787332cbfc30401f737674de951c0fad','9c464ea615772460a6bb617129d9f889e66efdca0b610ac6ce90561aeeda2987');
INSERT INTO audit_trail VALUES('town-hall',12,'2026-11-28T12:24:33.2018134Z','walk (BookingSystem)','booking/letter','booking/walk-01a2221d4268735cbae4a5bd52216541','client','Done',9,'{}','9c464ea615772460a6bb617129d9f889e66efdca0b610ac6ce90561aeeda2987','dd82fa57deadd9aa9f423a7d96f6172a2aa0071e8fdf1da8524a0bf703b9cbcb');
INSERT INTO audit_trail VALUES('town-hall',13,'2026-11-28T12:24:33.2136676Z','demo-reception (Reception)','room/sticker','room/room-1','client','Opened',NULL,'{}','dd82fa57deadd9aa9f423a7d96f6172a2aa0071e8fdf1da8524a0bf703b9cbcb','0a6d2158ba7c5f24b56a8a853d8e7a0a2b6adea919486deadaf9c257b6b6af94');
INSERT INTO audit_trail VALUES('town-hall',14,'2026-11-28T12:24:33.2153843Z','demo-reception (Reception)','room/sticker','room/room-2','client','Opened',NULL,'{}','0a6d2158ba7c5f24b56a8a853d8e7a0a2b6adea919486deadaf9c257b6b6af94','1b86aef745fb514208f20f5d0a61bcbf0bcb93280ea75f7aee3dfe90dec1789f');
INSERT INTO audit_trail VALUES('town-hall',15,'2026-11-28T12:24:33.2199926Z','demo-reception (Reception)','room/sticker','room/room-2','client','Done',14,'{}','1b86aef745fb514208f20f5d0a61bcbf0bcb93280ea75f7aee3dfe90dec1789f','798b2d5e0492d8d8afb66383b80748a4524c34bcaff9b789e39925ab6260bec8');
INSERT INTO audit_trail VALUES('town-hall',16,'2026-11-28T12:24:33.2222994Z','demo-reception (Reception)','room/sticker','room/room-1','client','Done',13,'{}','798b2d5e0492d8d8afb66383b80748a4524c34bcaff9b789e39925ab6260bec8','bdfba1fd65d632ddb03054cc75558ac99a5bf9aefe01f3042fc4a063564ba3c1');
INSERT INTO audit_trail VALUES('town-hall',17,'2026-11-28T12:24:33.2384216Z','walk (BookingSystem)','booking/start','booking/walk-01a2221d4268735cbae4a5bd52216541','client','Opened',NULL,'{}','bdfba1fd65d632ddb03054cc75558ac99a5bf9aefe01f3042fc4a063564ba3c1','575d817ec7b044d2a27ada2043d3eca2e7e986e5a1dd2228c52c0c2b4444d49d');
INSERT INTO audit_trail VALUES('town-hall',18,'2026-11-28T12:24:33.2397733Z','walk (BookingSystem)','booking/start','booking/walk-01a2221d4268728da3dd0841a841d6c3','client','Opened',NULL,'{}','575d817ec7b044d2a27ada2043d3eca2e7e986e5a1dd2228c52c0c2b4444d49d','e7564973812d89be21ea7d1c46a4ac7085dd935742527fb7ed83ce30740c77d4');
INSERT INTO audit_trail VALUES('town-hall',19,'2026-11-28T12:24:35.5540690Z','walk (BookingSystem)','booking/start','booking/walk-01a2221d4268735cbae4a5bd52216541','client','Done',17,'{"name":"Started","facts":{"recording":{"value":"01a2221d-44d8-7496-a19f-a45c484d9fa8"},"refusal":null}}','e7564973812d89be21ea7d1c46a4ac7085dd935742527fb7ed83ce30740c77d4','6f26b16d99a9f280b8e9042ae056eea7b113469d88e6a02ab62a6354bbeaced8');
INSERT INTO audit_trail VALUES('town-hall',20,'2026-11-28T12:24:35.5644611Z','walk (BookingSystem)','booking/start','booking/walk-01a2221d4268728da3dd0841a841d6c3','client','Done',18,'{"name":"Started","facts":{"recording":{"value":"01a2221d-44d8-7593-bd23-75cc41b55290"},"refusal":null}}','6f26b16d99a9f280b8e9042ae056eea7b113469d88e6a02ab62a6354bbeaced8','5e282acbedb8edf53081281c8920204a78ea997e3ed99a0b37718ad6788aaad1');
CREATE INDEX OrleansRemindersByHash ON OrleansRemindersTable (ServiceId, GrainHash);
CREATE TRIGGER OrleansMembershipInserted AFTER INSERT ON OrleansMembershipTable
BEGIN
    UPDATE OrleansMembershipVersionTable SET Version = Version + 1 WHERE DeploymentId = NEW.DeploymentId;
END;
CREATE TRIGGER OrleansMembershipUpdated AFTER UPDATE OF Status, SuspectTimes ON OrleansMembershipTable
BEGIN
    UPDATE OrleansMembershipVersionTable SET Version = Version + 1 WHERE DeploymentId = NEW.DeploymentId;
END;
CREATE INDEX audit_trail_by_deed ON audit_trail (site, deed, subject, number);
CREATE TRIGGER audit_trail_never_changes BEFORE UPDATE ON audit_trail
BEGIN
    SELECT RAISE(ABORT, 'The audit trail only grows: an entry is never changed.');
END;
CREATE TRIGGER audit_trail_never_shrinks BEFORE DELETE ON audit_trail
BEGIN
    SELECT RAISE(ABORT, 'The audit trail only grows: an entry is never deleted.');
END;
CREATE TRIGGER audit_trail_never_replaces BEFORE INSERT ON audit_trail
WHEN EXISTS (SELECT 1 FROM audit_trail WHERE site = NEW.site AND number = NEW.number)
BEGIN
    SELECT RAISE(ABORT, 'The audit trail only grows: an entry is never replaced.');
END;
COMMIT;
PRAGMA user_version = 1;
