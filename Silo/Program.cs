using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Hosting;

// 78 is EX_CONFIG of sysexits.h: a service manager need not try again.
const int WrongSettings = 78;

try
{
    await SiloHost.Build(args).RunAsync();
    return 0;
}
catch (SettingsException refused)
{
    await Console.Error.WriteLineAsync("The silo does not start. Its settings are wrong:");
    foreach (var fault in refused.Faults)
    {
        await Console.Error.WriteLineAsync($"  - {fault}");
    }

    return WrongSettings;
}
catch (RecordingClusterException refused)
{
    await Console.Error.WriteLineAsync($"The silo does not start. {refused.Message}");
    return WrongSettings;
}
