namespace RecordingCluster.Silo.Portal.Pages.Starting;

/// <summary>Settings as they are right: a test reads each as a silo would.</summary>
internal static class SettingExamples
{
    public const string CredentialsFile = "/etc/recording-cluster/camera-1";

    public const string Rooms =
        """
        "Site": {
          "Rooms": {
            "room-1": { "Camera": "camera-1" },
            "room-3": {}
          }
        }
        """;

    public const string Cameras =
        $$"""
        "Cameras": {
          "camera-1": {
            "Address": "rtsp://10.0.5.11:554/stream1",
            "CredentialsFile": "{{CredentialsFile}}"
          }
        }
        """;

    /// <summary>Makes the file for the camera's secret, for its owner alone.</summary>
    public const string MakeCredentials = $"install -D -m 600 /dev/null {CredentialsFile}";

    public const string InviteFirst = "dotnet RecordingCluster.Silo.dll people invite-first";

    public const string BookingCertificate = "dotnet RecordingCluster.Silo.dll certificates issue --role booking-client --name room-booking";
}
