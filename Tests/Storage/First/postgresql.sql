--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: audit_trail_only_grows(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.audit_trail_only_grows() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'The audit trail only grows: an entry is never %.', TG_ARGV[0]; END $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: audit_trail; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit_trail (
    site text NOT NULL,
    number bigint NOT NULL,
    at text NOT NULL,
    actor text NOT NULL,
    deed text NOT NULL,
    subject text NOT NULL,
    origin text NOT NULL,
    result text NOT NULL,
    opening bigint,
    detail text NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL,
    trace text DEFAULT ''::text NOT NULL,
    CONSTRAINT audit_trail_result_check CHECK ((result = ANY (ARRAY['Opened'::text, 'Done'::text, 'Refused'::text, 'Unknown'::text])))
);


--
-- Name: orleansmembershiptable; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.orleansmembershiptable (
    deploymentid text NOT NULL,
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    siloname text NOT NULL,
    hostname text NOT NULL,
    status integer NOT NULL,
    proxyport integer NOT NULL,
    suspecttimes text,
    starttime timestamp with time zone NOT NULL,
    iamalivetime timestamp with time zone NOT NULL
);


--
-- Name: orleansmembershipversiontable; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.orleansmembershipversiontable (
    deploymentid text NOT NULL,
    version integer NOT NULL
);


--
-- Name: orleansquery; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.orleansquery (
    querykey text NOT NULL,
    querytext text NOT NULL
);


--
-- Name: orleansreminderstable; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.orleansreminderstable (
    serviceid text NOT NULL,
    grainid text NOT NULL,
    remindername text NOT NULL,
    starttime timestamp with time zone NOT NULL,
    period bigint NOT NULL,
    grainhash integer NOT NULL,
    version integer NOT NULL
);


--
-- Name: orleansstorage; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.orleansstorage (
    serviceid text NOT NULL,
    graintypestring text NOT NULL,
    grainidn0 bigint NOT NULL,
    grainidn1 bigint NOT NULL,
    grainidextensionstring text NOT NULL,
    payloadbinary bytea,
    version integer NOT NULL
);


--
-- Name: people; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.people (
    subject text NOT NULL,
    label text NOT NULL,
    roles integer NOT NULL,
    active integer NOT NULL,
    stamp text NOT NULL,
    revision bigint NOT NULL,
    made_at text NOT NULL,
    link_digest bytea,
    link_code_digest bytea,
    link_expires_at text,
    seal bytea NOT NULL
);


--
-- Name: people_passkeys; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.people_passkeys (
    credential_id bytea NOT NULL,
    subject text NOT NULL,
    label text NOT NULL,
    public_key bytea NOT NULL,
    sign_count bigint NOT NULL,
    transports text NOT NULL,
    backup_eligible integer NOT NULL,
    backed_up integer NOT NULL,
    added_at text NOT NULL
);


--
-- Name: people_proposals; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.people_proposals (
    id uuid NOT NULL,
    proposed_by text NOT NULL,
    change text NOT NULL,
    expires_at text NOT NULL,
    code_digest bytea,
    phase text NOT NULL,
    seal bytea NOT NULL
);


--
-- Name: schema_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.schema_version (
    version integer NOT NULL
);


--
-- Data for Name: audit_trail; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.audit_trail VALUES ('town-hall', 1, '2026-11-28T12:37:42.8171959Z', 'room-booking (BookingSystem)', 'booking/book', 'booking/walk-01a2222950de75a8a4d23711caf9ae04', 'client', 'Opened', NULL, '{}', '0000000000000000000000000000000000000000000000000000000000000000', '8efc5af69ad267ee9dbb9efe57b5d076f98743c4134729406df93510c327593d', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 2, '2026-11-28T12:37:42.8399453Z', 'room-booking (BookingSystem)', 'booking/book', 'booking/walk-01a2222950de7b1192c2eda36ab50526', 'client', 'Opened', NULL, '{}', '8efc5af69ad267ee9dbb9efe57b5d076f98743c4134729406df93510c327593d', '624907a052923594da4de3918595e78e2a2a336ad3e52069019d84e70a7cfca0', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 3, '2026-11-28T12:37:43.0434105Z', 'room-booking (BookingSystem)', 'booking/book', 'booking/walk-01a2222950de7b1192c2eda36ab50526', 'client', 'Done', 2, '{"name":"Given","facts":{"room":{"value":"room-1"},"refusal":null}}', '624907a052923594da4de3918595e78e2a2a336ad3e52069019d84e70a7cfca0', 'ae707376470bbd547ae181228601c70b9f351e95b6588935dc23351970e6c9b1', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 4, '2026-11-28T12:37:43.0456095Z', 'room-booking (BookingSystem)', 'booking/book', 'booking/walk-01a2222950de75a8a4d23711caf9ae04', 'client', 'Done', 1, '{"name":"Given","facts":{"room":{"value":"room-2"},"refusal":null}}', 'ae707376470bbd547ae181228601c70b9f351e95b6588935dc23351970e6c9b1', '2267934469536438d10c90971a7e997ac596adc4616a9ad3c9c91ed4c7c5846a', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 5, '2026-11-28T12:37:43.1408141Z', 'room-booking (BookingSystem)', 'booking/start', 'booking/walk-01a2222950de7b1192c2eda36ab50526', 'client', 'Opened', NULL, '{}', '2267934469536438d10c90971a7e997ac596adc4616a9ad3c9c91ed4c7c5846a', '7e9b86713c42c90417bb67ce94d76b28603e386926bc66f7f1dae9e55cb9d8bc', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 6, '2026-11-28T12:37:43.1429144Z', 'room-booking (BookingSystem)', 'booking/start', 'booking/walk-01a2222950de75a8a4d23711caf9ae04', 'client', 'Opened', NULL, '{}', '7e9b86713c42c90417bb67ce94d76b28603e386926bc66f7f1dae9e55cb9d8bc', '5e4d957eeb89272ad057603e8d418d5150495c7daa881881f5e66c4622159dfd', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 7, '2026-11-28T12:37:43.1771286Z', 'room-booking (BookingSystem)', 'booking/start', 'booking/walk-01a2222950de75a8a4d23711caf9ae04', 'client', 'Refused', 6, '{"reason":"missing: Sticker, Letter, Spoken"}', '5e4d957eeb89272ad057603e8d418d5150495c7daa881881f5e66c4622159dfd', '4fa6b4757c1a55744178773738ed66433f335811acdba337b0aa6d5d28b6117f', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 8, '2026-11-28T12:37:43.1787711Z', 'room-booking (BookingSystem)', 'booking/start', 'booking/walk-01a2222950de7b1192c2eda36ab50526', 'client', 'Refused', 5, '{"reason":"missing: Sticker, Letter, Spoken"}', '4fa6b4757c1a55744178773738ed66433f335811acdba337b0aa6d5d28b6117f', 'f51a1daafec89260f25067bf242dfbfff8619fee7491af6cb15b962b0431b332', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 9, '2026-11-28T12:37:43.2022443Z', 'room-booking (BookingSystem)', 'booking/letter', 'booking/walk-01a2222950de7b1192c2eda36ab50526', 'client', 'Opened', NULL, '{}', 'f51a1daafec89260f25067bf242dfbfff8619fee7491af6cb15b962b0431b332', '40d39f8a4b8ed8356a8c7fe1472518188e586caf16e9caf6d8b4dfe838b98262', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 10, '2026-11-28T12:37:43.2061298Z', 'room-booking (BookingSystem)', 'booking/letter', 'booking/walk-01a2222950de75a8a4d23711caf9ae04', 'client', 'Opened', NULL, '{}', '40d39f8a4b8ed8356a8c7fe1472518188e586caf16e9caf6d8b4dfe838b98262', '6b7f9d9e0bb3365641d6f3715cc693f7f845c5ed0bd1029f8447981f39509e48', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 11, '2026-11-28T12:37:43.2159433Z', 'room-booking (BookingSystem)', 'booking/letter', 'booking/walk-01a2222950de7b1192c2eda36ab50526', 'client', 'Done', 9, '{}', '6b7f9d9e0bb3365641d6f3715cc693f7f845c5ed0bd1029f8447981f39509e48', 'dc75df88b229924f90f71eb9a69b34d7a8760c20eebfed189c5d2d7473ca7198', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 12, '2026-11-28T12:37:43.2171969Z', 'room-booking (BookingSystem)', 'booking/letter', 'booking/walk-01a2222950de75a8a4d23711caf9ae04', 'client', 'Done', 10, '{}', 'dc75df88b229924f90f71eb9a69b34d7a8760c20eebfed189c5d2d7473ca7198', '72d40b899f26296325828b9c50a6efb3832fe90b6422865e0f3f858d574b78fe', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 13, '2026-11-28T12:37:43.2597569Z', 'demo-reception (Reception)', 'room/sticker', 'room/room-2', 'portal', 'Opened', NULL, '{}', '72d40b899f26296325828b9c50a6efb3832fe90b6422865e0f3f858d574b78fe', '86fdad273d453cc795061796d43b6a06e1ef5a399d935825dca6051d03aef07c', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 14, '2026-11-28T12:37:43.2617108Z', 'demo-reception (Reception)', 'room/sticker', 'room/room-1', 'portal', 'Opened', NULL, '{}', '86fdad273d453cc795061796d43b6a06e1ef5a399d935825dca6051d03aef07c', 'aac1d530abd0c2307f7f8dedc4f4052f8fc3793c932ff9620fbacceeea30e770', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 15, '2026-11-28T12:37:43.2672364Z', 'demo-reception (Reception)', 'room/sticker', 'room/room-2', 'portal', 'Done', 13, '{}', 'aac1d530abd0c2307f7f8dedc4f4052f8fc3793c932ff9620fbacceeea30e770', '72dbe2151cafc4ec22634defa1f5897cb731dba155f2750f3268aef9cab1e55a', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 16, '2026-11-28T12:37:43.2702428Z', 'demo-reception (Reception)', 'room/sticker', 'room/room-1', 'portal', 'Done', 14, '{}', '72dbe2151cafc4ec22634defa1f5897cb731dba155f2750f3268aef9cab1e55a', '22ac934b6bc5786639a2c6e60655605a070dceaee287d99a378f21f387024b60', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 17, '2026-11-28T12:37:43.2838407Z', 'room-booking (BookingSystem)', 'booking/start', 'booking/walk-01a2222950de75a8a4d23711caf9ae04', 'client', 'Opened', NULL, '{}', '22ac934b6bc5786639a2c6e60655605a070dceaee287d99a378f21f387024b60', '0fc684237b5b12d227a6ca4a8f8df1ff9361c41cb98495202e008167c712fbbe', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 18, '2026-11-28T12:37:43.2902915Z', 'room-booking (BookingSystem)', 'booking/start', 'booking/walk-01a2222950de7b1192c2eda36ab50526', 'client', 'Opened', NULL, '{}', '0fc684237b5b12d227a6ca4a8f8df1ff9361c41cb98495202e008167c712fbbe', 'a43c417c85cd1673e42bcba1fe59c3215f728c90fdf79adc4a77c71c0de1fe4b', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 19, '2026-11-28T12:37:46.2749247Z', 'room-booking (BookingSystem)', 'booking/start', 'booking/walk-01a2222950de7b1192c2eda36ab50526', 'client', 'Done', 18, '{"name":"Started","facts":{"recording":{"value":"01a22229-52fe-7c09-862e-c3b74ffcdffb"},"refusal":null}}', 'a43c417c85cd1673e42bcba1fe59c3215f728c90fdf79adc4a77c71c0de1fe4b', 'ef6e2b0ed29a640ad35da524516ca462292afdbbe2404ab8d20c16ec4a1e89c8', '');
INSERT INTO public.audit_trail VALUES ('town-hall', 20, '2026-11-28T12:37:46.2755687Z', 'room-booking (BookingSystem)', 'booking/start', 'booking/walk-01a2222950de75a8a4d23711caf9ae04', 'client', 'Done', 17, '{"name":"Started","facts":{"recording":{"value":"01a22229-52f8-744e-b769-d8515c04de97"},"refusal":null}}', 'ef6e2b0ed29a640ad35da524516ca462292afdbbe2404ab8d20c16ec4a1e89c8', 'f07ea21decd527cf37a0202abf4723c650efe4e9097c63f4b88e2a3a30b351cf', '');


--
-- Data for Name: orleansmembershiptable; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.orleansmembershiptable VALUES ('recording-cluster', '127.0.0.1', 18111, 154874256, 'Silo_25dc9', 'vm', 3, 18112, NULL, '2026-11-28 12:37:36.285764+00', '2026-11-28 12:37:42.115353+00');


--
-- Data for Name: orleansmembershipversiontable; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.orleansmembershipversiontable VALUES ('recording-cluster', 2);


--
-- Data for Name: orleansquery; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.orleansquery VALUES ('WriteToStorageKey', 'WITH changed AS
(
    UPDATE OrleansStorage SET PayloadBinary = @PayloadBinary, Version = Version + 1 WHERE
        ServiceId = @ServiceId
    AND GrainTypeString = @GrainTypeString
    AND GrainIdN0 = @GrainIdN0
    AND GrainIdN1 = @GrainIdN1
    AND GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''')
    AND Version = @GrainStateVersion
    RETURNING Version
),
made AS
(
    INSERT INTO OrleansStorage
        (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString, PayloadBinary, Version)
    SELECT
        @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''''), @PayloadBinary, 1
    WHERE @GrainStateVersion IS NULL
    ON CONFLICT DO NOTHING
    RETURNING Version
)
SELECT Version AS NewGrainStateVersion FROM changed UNION ALL SELECT Version FROM made');
INSERT INTO public.orleansquery VALUES ('ReadFromStorageKey', 'SELECT PayloadBinary, Version FROM OrleansStorage WHERE
    ServiceId = @ServiceId
    AND GrainTypeString = @GrainTypeString
    AND GrainIdN0 = @GrainIdN0
    AND GrainIdN1 = @GrainIdN1
    AND GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''')');
INSERT INTO public.orleansquery VALUES ('ClearStorageKey', 'UPDATE OrleansStorage SET PayloadBinary = NULL, Version = Version + 1 WHERE
    ServiceId = @ServiceId
    AND GrainTypeString = @GrainTypeString
    AND GrainIdN0 = @GrainIdN0
    AND GrainIdN1 = @GrainIdN1
    AND GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''')
AND Version = @GrainStateVersion
RETURNING Version AS NewGrainStateVersion');
INSERT INTO public.orleansquery VALUES ('DeleteStorageKey', 'DELETE FROM OrleansStorage WHERE
    ServiceId = @ServiceId
    AND GrainTypeString = @GrainTypeString
    AND GrainIdN0 = @GrainIdN0
    AND GrainIdN1 = @GrainIdN1
    AND GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''')
AND Version = @GrainStateVersion
RETURNING Version + 1 AS NewGrainStateVersion');
INSERT INTO public.orleansquery VALUES ('UpsertReminderRowKey', 'INSERT INTO OrleansRemindersTable
    (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)
VALUES
    (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
ON CONFLICT (ServiceId, GrainId, ReminderName) DO UPDATE
    SET StartTime = excluded.StartTime, Period = excluded.Period, GrainHash = excluded.GrainHash, Version = OrleansRemindersTable.Version + 1
RETURNING Version');
INSERT INTO public.orleansquery VALUES ('ReadReminderRowsKey', 'SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId');
INSERT INTO public.orleansquery VALUES ('ReadReminderRowKey', 'SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName');
INSERT INTO public.orleansquery VALUES ('ReadRangeRows1Key', 'SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainHash > @BeginHash AND GrainHash <= @EndHash');
INSERT INTO public.orleansquery VALUES ('ReadRangeRows2Key', 'SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND (GrainHash > @BeginHash OR GrainHash <= @EndHash)');
INSERT INTO public.orleansquery VALUES ('DeleteReminderRowKey', 'WITH written AS (
DELETE FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName AND Version = @Version
RETURNING 1)
SELECT count(*) > 0 FROM written');
INSERT INTO public.orleansquery VALUES ('DeleteReminderRowsKey', 'DELETE FROM OrleansRemindersTable WHERE ServiceId = @ServiceId');
INSERT INTO public.orleansquery VALUES ('InsertMembershipVersionKey', 'WITH written AS (
INSERT INTO OrleansMembershipVersionTable (DeploymentId, Version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING
RETURNING 1)
SELECT count(*) > 0 FROM written');
INSERT INTO public.orleansquery VALUES ('InsertMembershipKey', 'WITH counted AS
(
    UPDATE OrleansMembershipVersionTable SET Version = Version + 1
    WHERE DeploymentId = @DeploymentId AND Version = @Version
        AND NOT EXISTS (SELECT 1 FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation)
    RETURNING DeploymentId
),
joined AS
(
    INSERT INTO OrleansMembershipTable
        (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
    SELECT
        DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
    FROM counted
    RETURNING 1
)
SELECT count(*) > 0 FROM joined');
INSERT INTO public.orleansquery VALUES ('UpdateMembershipKey', 'WITH counted AS
(
    UPDATE OrleansMembershipVersionTable SET Version = Version + 1
    WHERE DeploymentId = @DeploymentId AND Version = @Version
        AND EXISTS (SELECT 1 FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation)
    RETURNING 1
),
changed AS
(
    UPDATE OrleansMembershipTable
    SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
    WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation AND EXISTS (SELECT 1 FROM counted)
    RETURNING 1
)
SELECT count(*) > 0 FROM changed');
INSERT INTO public.orleansquery VALUES ('UpdateIAmAlivetimeKey', 'UPDATE OrleansMembershipTable SET IAmAliveTime = @IAmAliveTime WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation');
INSERT INTO public.orleansquery VALUES ('MembershipReadRowKey', 'SELECT
    v.DeploymentId, v.Version, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes,
    m.StartTime, m.IAmAliveTime
FROM OrleansMembershipVersionTable v
LEFT JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
WHERE v.DeploymentId = @DeploymentId');
INSERT INTO public.orleansquery VALUES ('MembershipReadAllKey', 'SELECT
    v.DeploymentId, v.Version, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes,
    m.StartTime, m.IAmAliveTime
FROM OrleansMembershipVersionTable v
LEFT JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId
WHERE v.DeploymentId = @DeploymentId');
INSERT INTO public.orleansquery VALUES ('GatewaysQueryKey', 'SELECT Address, ProxyPort, Generation FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0');
INSERT INTO public.orleansquery VALUES ('DeleteMembershipTableEntriesKey', 'DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId');
INSERT INTO public.orleansquery VALUES ('CleanupDefunctSiloEntriesKey', 'DELETE FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status = 6');


--
-- Data for Name: orleansreminderstable; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.orleansreminderstable VALUES ('recording-cluster', 'booking/walk-01a2222950de7b1192c2eda36ab50526', 'talk-end', '2026-11-28 12:50:42.774555+00', 60000, 478375593, 0);
INSERT INTO public.orleansreminderstable VALUES ('recording-cluster', 'booking/walk-01a2222950de75a8a4d23711caf9ae04', 'talk-end', '2026-11-28 12:50:42.772511+00', 60000, 552446695, 0);
INSERT INTO public.orleansreminderstable VALUES ('recording-cluster', 'recording/01a2222952f8744eb769d8515c04de97', 'expiry', '2026-12-12 12:37:43.354353+00', 3600000, 378030306, 0);
INSERT INTO public.orleansreminderstable VALUES ('recording-cluster', 'recording/01a2222952fe7c09862ec3b74ffcdffb', 'expiry', '2026-12-12 12:37:43.354539+00', 3600000, 2049150266, 0);


--
-- Data for Name: orleansstorage; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.orleansstorage VALUES ('recording-cluster', 'booking', 0, 0, 'walk-01a2222950de7b1192c2eda36ab50526', '\x7b227068617365223a7b226973223a2274616c6b696e67222c22706c616e223a7b2272657175657374223a7b2274696d65223a7b2266726f6d223a22323032362d31312d32385431323a33373a34322e373731373937332b30303a3030222c22756e74696c223a22323032362d31312d32385431323a34303a34322e373731373937332b30303a3030227d2c226173736573736d656e74223a7b227269736b223a22726169736564222c2267726f756e6473223a5b22746872656174225d2c2277656967686564223a5b226e6f6e655375666669636573225d7d7d2c22726f6f6d223a7b2276616c7565223a22726f6f6d2d31227d2c226c657474657253656e744f6e223a22323032362d31312d3238227d2c227265636f7264696e67223a7b2276616c7565223a2230316132323232392d353266652d376330392d383632652d633362373466666364666662227d2c22737461727465644174223a22323032362d31312d32385431323a33373a34362e323530303038322b30303a3030227d7d', 4);
INSERT INTO public.orleansstorage VALUES ('recording-cluster', 'booking', 0, 0, 'walk-01a2222950de75a8a4d23711caf9ae04', '\x7b227068617365223a7b226973223a2274616c6b696e67222c22706c616e223a7b2272657175657374223a7b2274696d65223a7b2266726f6d223a22323032362d31312d32385431323a33373a34322e373535323934372b30303a3030222c22756e74696c223a22323032362d31312d32385431323a34303a34322e373535323934372b30303a3030227d2c226173736573736d656e74223a7b227269736b223a22726169736564222c2267726f756e6473223a5b22746872656174225d2c2277656967686564223a5b226e6f6e655375666669636573225d7d7d2c22726f6f6d223a7b2276616c7565223a22726f6f6d2d32227d2c226c657474657253656e744f6e223a22323032362d31312d3238227d2c227265636f7264696e67223a7b2276616c7565223a2230316132323232392d353266382d373434652d623736392d643835313563303464653937227d2c22737461727465644174223a22323032362d31312d32385431323a33373a34362e323435343031322b30303a3030227d7d', 4);
INSERT INTO public.orleansstorage VALUES ('recording-cluster', 'recording', 8937766186396033577, -297241631067525498, '', '\x7b227068617365223a7b226973223a22636170747572696e67222c226d616b696e67223a7b226f72646572223a7b22626f6f6b696e67223a7b2276616c7565223a2277616c6b2d3031613232323239353064653762313139326332656461333661623530353236227d2c22726f6f6d223a7b2276616c7565223a22726f6f6d2d31227d2c2263616d657261223a7b2276616c7565223a2263616d6572612d31227d2c2273746f704174223a22323032362d31312d32385431323a35303a34322e373731373937332b30303a3030227d2c22737461727465644174223a22323032362d31312d32385431323a33373a34332e333534333637312b30303a3030222c22657870697265734174223a22323032362d31322d31325431323a33373a34332e333534333637312b30303a3030222c22726567756c6174696f6e56657273696f6e223a226d6f64656c2d31222c22616674657245706f6368223a307d7d2c227061727473223a5b7b226964223a7b227265636f7264696e67223a7b2276616c7565223a2230316132323232392d353266652d376330392d383632652d633362373466666364666662227d2c2265706f6368223a312c226e756d626572223a317d2c227370616e223a7b2266726f6d223a22323032362d31312d32385431323a33373a34352e313839343130372b30303a3030222c22756e74696c223a22323032362d31312d32385431323a33383a30312e313839343737332b30303a3030227d2c22667261676d656e7473223a31362c22766964656f4672616d6573223a3234302c22736f756e64223a2230303a30303a31362e30323030303030222c227365616c65644279746573223a313136333636332c227374617465223a226f70656e222c22726f6f6d223a7b2276616c7565223a22726f6f6d2d31227d2c2263616d657261223a7b2276616c7565223a2263616d6572612d31227d7d5d7d', 16);
INSERT INTO public.orleansstorage VALUES ('recording-cluster', 'room', 0, 0, 'room-2', '\x7b22737469636b6572436865636b65644f6e223a22323032362d31312d3238222c227265736572766564223a5b7b22626f6f6b696e67223a7b2276616c7565223a2277616c6b2d3031613232323239353064653735613861346432333731316361663961653034227d2c2274696d65223a7b2266726f6d223a22323032362d31312d32385431323a33373a34322e373535323934372b30303a3030222c22756e74696c223a22323032362d31312d32385431323a34303a34322e373535323934372b30303a3030227d7d5d2c2274616c6b223a7b22626f6f6b696e67223a7b2276616c7565223a2277616c6b2d3031613232323239353064653735613861346432333731316361663961653034227d2c227265636f7264696e67223a7b2276616c7565223a2230316132323232392d353266382d373434652d623736392d643835313563303464653937227d7d2c227265636f7264696e6773223a5b5d7d', 3);
INSERT INTO public.orleansstorage VALUES ('recording-cluster', 'room', 0, 0, 'room-1', '\x7b22737469636b6572436865636b65644f6e223a22323032362d31312d3238222c227265736572766564223a5b7b22626f6f6b696e67223a7b2276616c7565223a2277616c6b2d3031613232323239353064653762313139326332656461333661623530353236227d2c2274696d65223a7b2266726f6d223a22323032362d31312d32385431323a33373a34322e373731373937332b30303a3030222c22756e74696c223a22323032362d31312d32385431323a34303a34322e373731373937332b30303a3030227d7d5d2c2274616c6b223a7b22626f6f6b696e67223a7b2276616c7565223a2277616c6b2d3031613232323239353064653762313139326332656461333661623530353236227d2c227265636f7264696e67223a7b2276616c7565223a2230316132323232392d353266652d376330392d383632652d633362373466666364666662227d7d2c227265636f7264696e6773223a5b5d7d', 3);
INSERT INTO public.orleansstorage VALUES ('recording-cluster', 'camera', 0, 0, 'camera-1', '\x7b2265706f6368223a312c226f72646572223a7b227265636f7264696e67223a7b2276616c7565223a2230316132323232392d353266652d376330392d383632652d633362373466666364666662227d2c2273697465223a7b2276616c7565223a22746f776e2d68616c6c227d2c22726f6f6d223a7b2276616c7565223a22726f6f6d2d31227d2c22737461727465644174223a22323032362d31312d32385431323a33373a34332e333534333637312b30303a3030222c22657870697265734174223a22323032362d31322d31325431323a33373a34332e333534333637312b30303a3030222c2273746f704174223a22323032362d31312d32385431323a35303a34322e373731373937332b30303a3030222c22726567756c6174696f6e56657273696f6e223a226d6f64656c2d31222c22616674657245706f6368223a307d7d', 1);
INSERT INTO public.orleansstorage VALUES ('recording-cluster', 'camera', 0, 0, 'camera-2', '\x7b2265706f6368223a312c226f72646572223a7b227265636f7264696e67223a7b2276616c7565223a2230316132323232392d353266382d373434652d623736392d643835313563303464653937227d2c2273697465223a7b2276616c7565223a22746f776e2d68616c6c227d2c22726f6f6d223a7b2276616c7565223a22726f6f6d2d32227d2c22737461727465644174223a22323032362d31312d32385431323a33373a34332e333533333038332b30303a3030222c22657870697265734174223a22323032362d31322d31325431323a33373a34332e333533333038332b30303a3030222c2273746f704174223a22323032362d31312d32385431323a35303a34322e373535323934372b30303a3030222c22726567756c6174696f6e56657273696f6e223a226d6f64656c2d31222c22616674657245706f6368223a307d7d', 1);
INSERT INTO public.orleansstorage VALUES ('recording-cluster', 'recording', 8380727181715841577, -7503555134596027977, '', '\x7b227068617365223a7b226973223a22636170747572696e67222c226d616b696e67223a7b226f72646572223a7b22626f6f6b696e67223a7b2276616c7565223a2277616c6b2d3031613232323239353064653735613861346432333731316361663961653034227d2c22726f6f6d223a7b2276616c7565223a22726f6f6d2d32227d2c2263616d657261223a7b2276616c7565223a2263616d6572612d32227d2c2273746f704174223a22323032362d31312d32385431323a35303a34322e373535323934372b30303a3030227d2c22737461727465644174223a22323032362d31312d32385431323a33373a34332e333533333038332b30303a3030222c22657870697265734174223a22323032362d31322d31325431323a33373a34332e333533333038332b30303a3030222c22726567756c6174696f6e56657273696f6e223a226d6f64656c2d31222c22616674657245706f6368223a307d7d2c227061727473223a5b7b226964223a7b227265636f7264696e67223a7b2276616c7565223a2230316132323232392d353266382d373434652d623736392d643835313563303464653937227d2c2265706f6368223a312c226e756d626572223a317d2c227370616e223a7b2266726f6d223a22323032362d31312d32385431323a33373a34352e313931303238332b30303a3030222c22756e74696c223a22323032362d31312d32385431323a33383a30312e313931303732362b30303a3030227d2c22667261676d656e7473223a31362c22766964656f4672616d6573223a3234302c22736f756e64223a2230303a30303a31362e30323030303030222c227365616c65644279746573223a313136333636332c227374617465223a226f70656e222c22726f6f6d223a7b2276616c7565223a22726f6f6d2d32227d2c2263616d657261223a7b2276616c7565223a2263616d6572612d32227d7d5d7d', 16);


--
-- Data for Name: people; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.people VALUES ('demo-official', 'medewerker', 2, 1, 'cLubxAglQ2TlgS23dpkWk9xNEsm-6pHvqCZyZl0l59s', 1, '2026-11-28T12:37:39.2185171Z', NULL, NULL, NULL, '\x1be34d8af28d26dc443a3c42568c8990c8e0df82b4ba0616ae88cb56851c6c48');
INSERT INTO public.people VALUES ('demo-reception', 'receptie', 4, 1, 'W5OGAvxJ2k72a73-YLwE0GxndNVloBeKU8gRrpOk1oQ', 1, '2026-11-28T12:37:39.6132909Z', NULL, NULL, NULL, '\x3807d56b946473df93288a5c91c3a5f9524cc8fc3d15c106fb1dc6a23bc87f45');
INSERT INTO public.people VALUES ('demo-administrator', 'camerabeheerder', 8, 1, 'SsU0-O06Cqb_gh_lyjhE3Ri_3uuHtHSMt9-BsWIHYcQ', 1, '2026-11-28T12:37:39.6233163Z', NULL, NULL, NULL, '\xe2f3a6a7e0125f8153dc4a292b3a6227220cec5e0947c5010ce432f09446c9d0');
INSERT INTO public.people VALUES ('demo-secretary', 'gemeentesecretaris', 16, 1, 'IV1JTI5DZ0ZiWFFcbnxG31SSCSAm8HXdeT7CVaJm7eI', 1, '2026-11-28T12:37:39.6270114Z', NULL, NULL, NULL, '\x96de041d31d2d48ec624d6ec7a183e2c5010e42ddcbcb70626e1fd4313c61aa8');
INSERT INTO public.people VALUES ('demo-deputy', 'loco-secretaris', 256, 1, 'Lmcgwd1cwCebKvjwwPDZ7lLvjpAU4sIK-Iif2MVRpnY', 1, '2026-11-28T12:37:39.6319003Z', NULL, NULL, NULL, '\x64345ede0cac755692a9d3143267f63c489386f34aac007074b9c8181512f629');
INSERT INTO public.people VALUES ('demo-officer', 'functionaris-gegevensbescherming', 32, 1, 'ZcI46wEet_BhXaQXkLGdXAeNe0rExWuUcmsWLw3uh9s', 1, '2026-11-28T12:37:39.6367305Z', NULL, NULL, NULL, '\x424c6d32b8bf68ffec10558c53f7d8d79dcd83d68fe4ce1e58de795ed6bc5aac');
INSERT INTO public.people VALUES ('demo-operator', 'systeembeheerder', 64, 1, 'iqhsHww79g6zUP0t27G7olRzok03d1h0aTZH5U-wkEM', 1, '2026-11-28T12:37:39.6412875Z', NULL, NULL, NULL, '\xd9424579ae854abf306691f2775e604a8f1f32ba35fedf786fc884e9a22ab342');


--
-- Data for Name: people_passkeys; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.people_passkeys VALUES ('\x9bcebe49f3891439e7d641fb25befd38a64bb683c295593d3aad261b14755ff2a76539c003b22ee1f96b3689aee72507', 'demo-official', 'demo', '\xa50102032620012158202c02b4b4049d3ae5f927c51e69589e02d23a55e750aa7340e1a9c1c77f82cf7a225820717f9d99cc2e3690ff2d0ff2a9946b73a1d411cb0c3df70fddc044f118af5253', 0, '', 0, 0, '2026-11-28T12:37:39.2284128Z');
INSERT INTO public.people_passkeys VALUES ('\x9bcebe49f3891439e7d641fb25befd3808733f28cc4bf0c5891cd85ea7db28f96b9f87e4ff6e8e10703991316c3577cb', 'demo-reception', 'demo', '\xa50102032620012158202c02b4b4049d3ae5f927c51e69589e02d23a55e750aa7340e1a9c1c77f82cf7a225820717f9d99cc2e3690ff2d0ff2a9946b73a1d411cb0c3df70fddc044f118af5253', 0, '', 0, 0, '2026-11-28T12:37:39.6134698Z');
INSERT INTO public.people_passkeys VALUES ('\x9bcebe49f3891439e7d641fb25befd38135e6a6b5c69f00298db029958004f69fa310cef12627edf339118dc8f4ddd80', 'demo-administrator', 'demo', '\xa50102032620012158202c02b4b4049d3ae5f927c51e69589e02d23a55e750aa7340e1a9c1c77f82cf7a225820717f9d99cc2e3690ff2d0ff2a9946b73a1d411cb0c3df70fddc044f118af5253', 0, '', 0, 0, '2026-11-28T12:37:39.6234082Z');
INSERT INTO public.people_passkeys VALUES ('\x9bcebe49f3891439e7d641fb25befd381fa86c7286a6e874a9fd2230a63ed05a997dd1ae0b4eae31df8f2566518c3ac2', 'demo-secretary', 'demo', '\xa50102032620012158202c02b4b4049d3ae5f927c51e69589e02d23a55e750aa7340e1a9c1c77f82cf7a225820717f9d99cc2e3690ff2d0ff2a9946b73a1d411cb0c3df70fddc044f118af5253', 0, '', 0, 0, '2026-11-28T12:37:39.6270891Z');
INSERT INTO public.people_passkeys VALUES ('\x9bcebe49f3891439e7d641fb25befd38ca80c8bb08d683219300d32b2c4999c67742f6ee3e2c9d45d01e8c022b764d46', 'demo-deputy', 'demo', '\xa50102032620012158202c02b4b4049d3ae5f927c51e69589e02d23a55e750aa7340e1a9c1c77f82cf7a225820717f9d99cc2e3690ff2d0ff2a9946b73a1d411cb0c3df70fddc044f118af5253', 0, '', 0, 0, '2026-11-28T12:37:39.6320137Z');
INSERT INTO public.people_passkeys VALUES ('\x9bcebe49f3891439e7d641fb25befd380ca58af6bc7808f52c3f95ca2522a42591b2f62bd2fc82057c7af8f37f8a0193', 'demo-officer', 'demo', '\xa50102032620012158202c02b4b4049d3ae5f927c51e69589e02d23a55e750aa7340e1a9c1c77f82cf7a225820717f9d99cc2e3690ff2d0ff2a9946b73a1d411cb0c3df70fddc044f118af5253', 0, '', 0, 0, '2026-11-28T12:37:39.6368215Z');
INSERT INTO public.people_passkeys VALUES ('\x9bcebe49f3891439e7d641fb25befd389437e87fae95c03d3778f2575bb18ce30e647e51d86a8c37963364e1fc4f374e', 'demo-operator', 'demo', '\xa50102032620012158202c02b4b4049d3ae5f927c51e69589e02d23a55e750aa7340e1a9c1c77f82cf7a225820717f9d99cc2e3690ff2d0ff2a9946b73a1d411cb0c3df70fddc044f118af5253', 0, '', 0, 0, '2026-11-28T12:37:39.6413873Z');


--
-- Data for Name: people_proposals; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: schema_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.schema_version VALUES (3);


--
-- Name: audit_trail audit_trail_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_trail
    ADD CONSTRAINT audit_trail_pkey PRIMARY KEY (site, number);


--
-- Name: orleansmembershiptable orleansmembershiptable_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.orleansmembershiptable
    ADD CONSTRAINT orleansmembershiptable_pkey PRIMARY KEY (deploymentid, address, port, generation);


--
-- Name: orleansmembershipversiontable orleansmembershipversiontable_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.orleansmembershipversiontable
    ADD CONSTRAINT orleansmembershipversiontable_pkey PRIMARY KEY (deploymentid);


--
-- Name: orleansquery orleansquery_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.orleansquery
    ADD CONSTRAINT orleansquery_pkey PRIMARY KEY (querykey);


--
-- Name: orleansreminderstable orleansreminderstable_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.orleansreminderstable
    ADD CONSTRAINT orleansreminderstable_pkey PRIMARY KEY (serviceid, grainid, remindername);


--
-- Name: orleansstorage orleansstorage_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.orleansstorage
    ADD CONSTRAINT orleansstorage_pkey PRIMARY KEY (serviceid, graintypestring, grainidn0, grainidn1, grainidextensionstring);


--
-- Name: people_passkeys people_passkeys_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.people_passkeys
    ADD CONSTRAINT people_passkeys_pkey PRIMARY KEY (credential_id);


--
-- Name: people people_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (subject);


--
-- Name: people_proposals people_proposals_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.people_proposals
    ADD CONSTRAINT people_proposals_pkey PRIMARY KEY (id);


--
-- Name: audit_trail_by_deed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_trail_by_deed ON public.audit_trail USING btree (site, deed, subject, number);


--
-- Name: orleansremindersbyhash; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX orleansremindersbyhash ON public.orleansreminderstable USING btree (serviceid, grainhash);


--
-- Name: people_by_link; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX people_by_link ON public.people USING btree (link_digest);


--
-- Name: people_passkeys_by_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX people_passkeys_by_subject ON public.people_passkeys USING btree (subject);


--
-- Name: audit_trail audit_trail_never_changes; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit_trail_never_changes BEFORE UPDATE ON public.audit_trail FOR EACH STATEMENT EXECUTE FUNCTION public.audit_trail_only_grows('changed');

ALTER TABLE public.audit_trail ENABLE ALWAYS TRIGGER audit_trail_never_changes;


--
-- Name: audit_trail audit_trail_never_empties; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit_trail_never_empties BEFORE TRUNCATE ON public.audit_trail FOR EACH STATEMENT EXECUTE FUNCTION public.audit_trail_only_grows('deleted');

ALTER TABLE public.audit_trail ENABLE ALWAYS TRIGGER audit_trail_never_empties;


--
-- Name: audit_trail audit_trail_never_shrinks; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit_trail_never_shrinks BEFORE DELETE ON public.audit_trail FOR EACH STATEMENT EXECUTE FUNCTION public.audit_trail_only_grows('deleted');

ALTER TABLE public.audit_trail ENABLE ALWAYS TRIGGER audit_trail_never_shrinks;


--
-- Name: orleansmembershiptable orleansmembershiptable_deploymentid_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.orleansmembershiptable
    ADD CONSTRAINT orleansmembershiptable_deploymentid_fkey FOREIGN KEY (deploymentid) REFERENCES public.orleansmembershipversiontable(deploymentid) ON DELETE CASCADE;


--
-- Name: people_passkeys people_passkeys_subject_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.people_passkeys
    ADD CONSTRAINT people_passkeys_subject_fkey FOREIGN KEY (subject) REFERENCES public.people(subject);


--
-- PostgreSQL database dump complete
--


