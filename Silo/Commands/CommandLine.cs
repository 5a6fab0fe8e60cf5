using System.CommandLine;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Away;
using RecordingCluster.Silo.Away;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Commands;

/// <summary>The silo's command line. Without a word it runs the silo; settings (<c>--Section:Key=value</c>) may stand anywhere.</summary>
internal static class CommandLine
{
    // Of sysexits.h: a service manager need not try EX_CONFIG again.
    private const int WrongSettings = 78;

    // EX_TEMPFAIL: it may try again.
    private const int TryAgain = 75;
    private const int Refused = 1;

    public static async Task<int> Run(string[] args)
    {
        var (words, settings) = Split(args);
        var root = new RootCommand("The recording cluster's silo. Without a command it runs; settings are given as --Section:Key=value.")
        {
            CertificatesCommand.Create(settings), KeysCommand.Create(settings), PeopleCommands.Create(settings), SchemaCommand.Create(settings), VaultCommand.Create(settings),
        };
        root.SetAction(_ => RunSilo(settings));
        return await root.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null })
            .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    /// <summary>Tells settings from words: a setting's name has a section, so a colon.</summary>
    public static (string[] Words, string[] Settings) Split(IReadOnlyList<string> args)
    {
        var (words, settings) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Count; i++)
        {
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? args[i] : args[i][..equals];
            if (!name.Contains(':', StringComparison.Ordinal) || !(equals >= 0 || name.StartsWith("--", StringComparison.Ordinal)))
            {
                words.Add(args[i]);
                continue;
            }

            settings.Add(args[i]);
            if (equals < 0 && i + 1 < args.Count)
            {
                settings.Add(args[++i]);
            }
        }

        return ([.. words], [.. settings]);
    }

    /// <summary>Carries out a command; what is refused is one sentence with the way out, never a stack.</summary>
    public static Task<int> Carry(Action act) => Carry(() =>
    {
        act();
        return Task.CompletedTask;
    });

    public static Task<int> Carry(Func<Task> act) => Carry(async () =>
    {
        await act();
        return 0;
    });

    /// <summary>As above, for a command that has more to say than done or refused: what it answers is the exit code.</summary>
    public static async Task<int> Carry(Func<Task<int>> act)
    {
        try
        {
            ProcessMemory.ForbidDumps(); // keys and CA keys are in memory here, too
            return await act();
        }
        catch (SettingsException refused)
        {
            return Say(refused, "The settings are wrong:");
        }
        catch (RecordingClusterException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return Refused;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{fault.Message} Give the command as the user who owns the folder.");
            return Refused;
        }
    }

    /// <summary>The settings as the silo itself would read them.</summary>
    public static IConfiguration Configuration(string[] settings) =>
        WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory }).Configuration;

    private static async Task<int> RunSilo(string[] settings)
    {
        try
        {
            ProcessMemory.ForbidDumps();
            var silo = SiloHost.Build(settings);
            await silo.Services.GetRequiredService<DatabaseWait>().UntilItAnswers();
            await silo.RunAsync();
            return 0;
        }
        catch (SettingsException refused)
        {
            return Say(refused, "The silo does not start. Its settings are wrong:");
        }
        catch (RecordingClusterException refused)
        {
            await Console.Error.WriteLineAsync($"The silo does not start. {refused.Message}");
            return DatabaseFault.IsIn(refused) ? TryAgain : WrongSettings;
        }
    }

    private static int Say(SettingsException refused, string beginning)
    {
        Console.Error.WriteLine(beginning);
        foreach (var fault in refused.Faults)
        {
            Console.Error.WriteLine($"  - {fault}");
        }

        return WrongSettings;
    }
}
