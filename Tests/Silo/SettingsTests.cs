using Microsoft.Extensions.Configuration;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Portal.Pages.Starting;
using RecordingCluster.Tests.Certificates;

namespace RecordingCluster.Tests.Silo;

/// <summary>A wrong setting stops the start with a sentence that names it, says what is wrong, and gives an example that is right.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("Rules:ErasurePeriod", "soon", "Rules:")]
    [InlineData("Rules:ErasurePreiod", "01:00:00", "ErasurePreiod")]
    [InlineData("Rules:Retention", "14.00:00:00", "Retention")] // the regulation's own, and no setting
    [InlineData("Rules:ErasurePeriod", "02:00:00", "1 minute to 1 hour")]
    [InlineData("Network:Address", "0.0.0.0", "no loopback or private address")]
    [InlineData("Network:Address", "8.8.8.8", "no loopback or private address")]
    [InlineData("Network:PortalName", "127.0.0.1", "must be a DNS name")]
    [InlineData("Network:PortalName", "Portal", "in small letters")]
    [InlineData("Network:PortalPort", "70000", "1 to 65535")]
    [InlineData("Cameras:camera-1:Address", "http://10.0.0.1/", "must be an rtsp address")]
    [InlineData("Cameras:camera-1:Address", "rtsp://user:pass@10.0.0.1/", "which belong into a file")]
    [InlineData("Cameras:camera-1:Address", "rtsp://10.0.0.1/a'b", "without quotes")]
    [InlineData("Cameras:camera-1:Address", "rtsp://8.8.8.8/stream1", "no loopback or private address")]
    [InlineData("Cameras:camera-1:Address", "rtsp://172.32.0.1/stream1", "no loopback or private address")]
    [InlineData("Cameras:camera-1:Address", "rtsp://010.0.0.1/stream1", "no loopback or private address")]
    [InlineData("Cameras:camera-1:Address", "rtsp://[2001:db8::1]/stream1", "no loopback or private address")]
    [InlineData("Cameras:camera-1:Address", "rtsp://[a00::1]/stream1", "no loopback or private address")]
    [InlineData("Cameras:camera-1:Address", "rtsp://camera-1.gemeente.internal/stream1", "no name is looked up")]
    [InlineData("Cameras:camera-1:MostKilobitsPerSecond", "8", "from 100 to 100000")]
    [InlineData("Network:MetricsEndpoint", "https://metrics.example:4317", "no name is looked up")]
    [InlineData("Network:ScrapePort", "70000", "1 to 65535")]
    [InlineData("Network:ScrapePort", "8080", "another port than the portal's")]
    [InlineData("Network:MetricsEndpoint", "http://169.254.169.254", "no loopback or private address")]
    [InlineData("Network:PortalName", "10.0.5.2", "no DNS name")]
    [InlineData("Cameras:camera-1:CredentialsFile", "/nowhere/at/all", "does not exist")]
    [InlineData("Site:Rooms:room-1:Camera", "camera-9", "which has no section")]
    [InlineData("Site:Rooms:room-2:Camera", "camera-1", "a camera of its own")]
    [InlineData("Site:Rooms:Room Five:Camera", "camera-1", "is no name")]
    [InlineData("Capture:LongestFragment", "00:00:10", "at most 4 seconds")]
    [InlineData("Storage:SecondCopyOn", "silo-2", "there is no other silo")]
    [InlineData("Trail:HeadEvery", "00:00:01", "10 seconds to 1 day")]
    [InlineData("Trail:HeadsFolder", " ", "must name a folder")]
    [InlineData("Processing:Register", "register", "must be a URI")]
    [InlineData("Processing:Endpoint", "https://traces.example:4317", "no name is looked up")]
    public void A_wrong_setting_is_named_with_what_is_wrong(string setting, string value, string says)
    {
        var refused = Assert.Throws<SettingsException>(() => SiloSettings.Read(With((setting, value))));

        Assert.Contains(refused.Faults, fault => fault.Contains(says, StringComparison.Ordinal));
        Assert.DoesNotContain(refused.Faults, fault => fault.Contains("user:pass@", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_portal_gives_as_an_example_is_taken_by_a_silo_as_it_stands()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["camera-1"], "recorder:secret\n");
        File.SetUnixFileMode(folder["camera-1"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var json = $"{{{SettingExamples.Rooms},{SettingExamples.Cameras.Replace(SettingExamples.CredentialsFile, folder["camera-1"], StringComparison.Ordinal)}}}";
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));

        var settings = SiloSettings.Read(new ConfigurationBuilder().AddJsonStream(stream).Build());

        Assert.Equal(["room-1 camera-1", "room-3 "], settings.Plan.Rooms.Select(room => $"{room.Id} {room.Camera}"));
        Assert.Equal("rtsp://10.0.5.11:554/stream1", settings.Cameras.Single().Value.Address);
    }

    [Theory]
    [InlineData("rtsp://127.0.0.1:8554/room-1")]
    [InlineData("rtsp://localhost:8554/room-1")]
    [InlineData("rtsp://10.0.5.11/stream1")]
    [InlineData("rtsp://172.31.255.254/stream1")]
    [InlineData("rtsp://[fd00::5]:554/stream1")]
    public void A_camera_at_a_private_address_is_taken(string address) =>
        Assert.Equal(address, SiloSettings.Read(With(("Cameras:camera-1:Address", address))).Cameras.First().Value.Address);

    [Theory]
    [InlineData("Storage:Database:Host", "database.gemeente.internal", "no name is looked up")]
    [InlineData("Storage:Database:Host", "8.8.8.8", "no loopback or private address")]
    [InlineData("Storage:Database:Host", "010.0.0.1", "no loopback or private address")]
    [InlineData("Storage:Database:Port", "0", "1 to 65535")]
    [InlineData("Storage:Database:Name", "", "1 to 63 characters")]
    [InlineData("Storage:Database:PasswordFile", null, "names no password")]
    [InlineData("Storage:Database:PasswordFile", "/nowhere/at/all", "does not exist")]
    [InlineData("Storage:Database:PasswordVariable", "SOME_VARIABLE", "Keep one of them")]
    [InlineData("Storage:Database:Password", "correct-horse", "Storage:")]
    [InlineData("Storage:Database:AuthorityFile", null, "for a demo on this machine only")]
    [InlineData("Storage:Database:AuthorityFile", "/nowhere/at/all", "holds no certificate in PEM")]
    [InlineData("Storage:Database:MostConnections", "1", "5 to 500")]
    [InlineData("Storage:SecondCopyOn", "Silo Two", "must be the name of another silo")]
    [InlineData("Storage:SecondCopyOn", "silo", "which is this silo itself")]
    public void A_database_server_that_is_named_wrongly_is_named_with_what_is_wrong(string setting, string? value, string says)
    {
        using var server = new DatabaseFiles();
        var right = SiloSettings.Read(With(server.Settings));

        var refused = Assert.Throws<SettingsException>(() => SiloSettings.Read(With([.. server.Settings, (setting, value)])));

        Assert.Contains(refused.Faults, fault => fault.Contains(says, StringComparison.Ordinal));
        Assert.DoesNotContain(refused.Faults, fault => fault.Contains("correct-horse", StringComparison.Ordinal));
        Assert.True(right.Storage.Database.IsPostgreSql);
    }

    [Fact]
    public void A_password_that_others_can_read_is_refused()
    {
        using var server = new DatabaseFiles();
        File.SetUnixFileMode(server.Password, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var refused = Assert.Throws<SettingsException>(() => SiloSettings.Read(With(server.Settings)));

        Assert.Contains("which others can read", refused.Faults.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_without_tls_is_taken_in_a_demo_on_this_machine_alone()
    {
        using var server = new DatabaseFiles();
        using var folder = new TemporaryFolder();
        (string, string?)[] demo = [.. server.Settings, ("Storage:Database:AuthorityFile", null), ("Demo:SignIn", "true"), ("Storage:Folder", folder.Path)];

        Assert.Throws<SettingsException>(() => SiloSettings.Read(With(demo)));
        Assert.True(SiloSettings.Read(With([.. demo, ("Storage:Database:Host", "127.0.0.1")])).Storage.Database.IsPostgreSql);
    }

    [Fact]
    public void Without_a_host_the_database_is_a_file_and_a_forgotten_host_is_said()
    {
        var refused = Assert.Throws<SettingsException>(() => SiloSettings.Read(With(("Storage:Database:PasswordFile", "/etc/recording-cluster/database"))));

        Assert.False(SiloSettings.Read(With()).Storage.Database.IsPostgreSql);
        Assert.Contains("names no Host", refused.Faults.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var refused = Assert.Throws<SettingsException>(() => SiloSettings.Read(With(("Rules:ErasurePeriod", "05:00:00"), ("Capture:LongestFragment", "00:00:10"), ("Network:SiloPort", "0"))));

        Assert.Equal(3, refused.Faults.Length);
    }

    [Fact]
    public void Sign_in_by_one_click_is_taken_on_a_loopback_address_only()
    {
        var refused = Assert.Throws<SettingsException>(() => SiloSettings.Read(With(("Demo:SignIn", "true"), ("Network:Address", "10.0.5.2"))));

        Assert.Contains("loopback address only", refused.Faults.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_in_by_one_click_is_taken_on_a_new_folder_or_on_a_demos_own()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["camera-1.log"], "not the cluster's");
        var demo = With(("Demo:SignIn", "true"), ("Storage:Folder", folder.Path));

        DemoFolder.Mark(SiloSettings.Read(demo).Storage);
        File.WriteAllText(folder["cluster.db"], "");

        Assert.True(SiloSettings.Read(demo).Demo.SignIn);
    }

    [Theory]
    [InlineData("cluster.db")]
    [InlineData("keys/ring")]
    [InlineData("keys/people")]
    [InlineData("vault/1.part")]
    public void Sign_in_by_one_click_is_refused_on_what_no_demo_made(string holds)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(folder[holds])!);
        File.WriteAllText(folder[holds], "");

        var refused = Assert.Throws<SettingsException>(() => SiloSettings.Read(With(("Demo:SignIn", "true"), ("Storage:Folder", folder.Path))));

        Assert.Contains("Move that folder away", refused.Faults.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_demos_folder_is_refused_in_service()
    {
        using var folder = new TemporaryFolder();
        DemoFolder.Mark(new StorageOptions { Folder = folder.Path });

        var refused = Assert.Throws<SettingsException>(() => SiloSettings.Read(With(("Storage:Folder", folder.Path))));

        Assert.Contains("belongs to a demo", refused.Faults.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_has_four_rooms_two_of_them_with_a_camera()
    {
        var settings = SiloSettings.Read(With());

        Assert.Equal([true, true, false, false], settings.Plan.Rooms.Select(room => room.Camera is not null));
        Assert.Equal(TimeSpan.FromHours(1), settings.Rules.ShortestRetention);
    }

    private static IConfiguration With(params (string Setting, string? Value)[] changed) => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"))
        .AddInMemoryCollection(changed.GroupBy(one => one.Setting).Select(one => KeyValuePair.Create(one.Key, one.Last().Value)))
        .Build();

    /// <summary>What the settings of a database server name.</summary>
    private sealed class DatabaseFiles : IDisposable
    {
        private readonly TemporaryFolder folder = new();
        private readonly TestAuthority authority = new();

        public DatabaseFiles()
        {
            File.WriteAllText(Password, "correct-horse\n");
            File.SetUnixFileMode(Password, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        public string Password => folder["password"];

        public (string Setting, string? Value)[] Settings =>
        [
            ("Storage:Database:Host", "10.0.5.4"), ("Storage:Database:PasswordFile", Password), ("Storage:Database:AuthorityFile", authority["ca.crt"]),
        ];

        public void Dispose()
        {
            authority.Dispose();
            folder.Dispose();
        }
    }
}
