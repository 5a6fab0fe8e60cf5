using System.CommandLine;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Identity;

namespace RecordingCluster.Silo.Commands;

/// <summary><c>people</c>: what is done about people outside the portal, which is little.</summary>
internal static class PeopleCommands
{
    public static Command Create(string[] settings) => new("people", "People of the portal.") { InviteFirst(settings) };

    private static Command InviteFirst(string[] settings)
    {
        var command = new Command("invite-first", "Prints new one-time links for the first operator, secretary and data protection officer, for each role in which nobody has ever enrolled; the older links end. The silo may run.");
        command.SetAction((_, _) => CommandLine.Carry(() => PeopleCommand.InviteFirst(SiloSettings.Read(CommandLine.Configuration(settings)), TimeProvider.System, Console.Out)));
        return command;
    }
}
