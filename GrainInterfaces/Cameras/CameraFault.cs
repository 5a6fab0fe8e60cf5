namespace RecordingCluster.GrainInterfaces.Cameras;

/// <summary>What keeps a camera from recording.</summary>
[Alias("camera-fault")]
public enum CameraFault
{
    /// <summary>No connection, or it broke off.</summary>
    Unreachable,

    /// <summary>The camera refuses our user name or password.</summary>
    LoginRefused,

    /// <summary>The camera offers no sound, and picture alone is not recorded (R6); or its sound went away while it records.</summary>
    NoSound,

    /// <summary>Connected, yet no whole fragment of picture and sound comes.</summary>
    NoMedia,

    /// <summary>The camera sends a whole picture too seldom; fragments would be too long.</summary>
    KeyframesTooFarApart,

    /// <summary>Its codecs are not among those that can be recorded.</summary>
    UnknownCodec,

    /// <summary>Sound came although the regulation lets none be recorded; nothing of it is kept (R6).</summary>
    UnwantedSound,

    /// <summary>The vault cannot take its fragments.</summary>
    VaultFailed,

    /// <summary>Another recording has this camera.</summary>
    Busy,

    /// <summary>No silo that runs reaches this camera's network.</summary>
    NoSilo,

    /// <summary>The vault's disk has no room for the talk, or is full in the middle of it. Nothing is erased early to make room.</summary>
    VaultFull,

    /// <summary>The camera sends whoever comes to another address, which nobody configured: it is not followed (R20).</summary>
    SendsElsewhere,
}
